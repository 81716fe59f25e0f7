import type { XmlElement } from './element.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Control characters and the like that XML 1.0 (section 2.2) cannot carry in any spelling. */
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Halves of surrogate pairs without their other half; a socket would refuse the whole text for one. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

function clean(text: string): string {
  return text.replace(UNWRITABLE, '').replace(LONE_SURROGATE, '');
}

function escapeText(text: string): string {
  return clean(text).replace(/[&<>\r]/g, (c) => ESCAPES[c] ?? c);
}

function escapeAttribute(value: string): string {
  return clean(value).replace(/[&<>"'\t\n\r]/g, (c) => ESCAPES[c] ?? c);
}

/**
 * Writes an element in the form Jitsi's parts look for: default namespaces only, never a prefix.
 * `inherited` is the namespace around it; without one it is always written out (RFC 7395, section 3.3.3: each
 * WebSocket message stands alone).
 */
export function serialize(element: XmlElement, inherited?: string): string {
  let text = `<${element.name}`;
  if (element.namespace !== inherited) {
    text += ` xmlns="${escapeAttribute(element.namespace)}"`;
  }
  for (const [name, value] of element.attributes) {
    text += ` ${name}="${escapeAttribute(value)}"`;
  }
  if (element.children.length === 0) {
    return `${text}/>`;
  }
  text += '>';
  for (const child of element.children) {
    text += typeof child === 'string' ? escapeText(child) : serialize(child, element.namespace);
  }
  return `${text}</${element.name}>`;
}
