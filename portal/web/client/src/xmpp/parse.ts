import { SaxesParser } from 'saxes';
import { XmlElement } from './element.ts';
import { NS } from './namespaces.ts';

/** The focus may send stanzas of half a mebibyte; twice that is somebody trying our patience. */
const MAX_LENGTH = 1024 * 1024;
/** Real stanzas nest eight deep. */
const MAX_DEPTH = 40;
/** A conference of some hundred sources needs a few thousand. */
const MAX_ELEMENTS = 40_000;

interface Open {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: Map<string, string>;
  readonly children: (XmlElement | string)[];
}

/**
 * Reads one WebSocket message of RFC 7395: exactly one element.
 *
 * Answers undefined for everything else: XML that is not well-formed, what XMPP forbids (RFC 6120, section 11.1:
 * comments, processing instructions, document types), and what is beyond all measure. Never throws.
 * Undeclared default namespace counts as `jabber:client`, undeclared prefix `stream` as the namespace of streams:
 * servers have left out both.
 */
export function parseElement(text: string): XmlElement | undefined {
  if (text.length > MAX_LENGTH) {
    return undefined;
  }
  try {
    return read(text);
  } catch {
    return undefined;
  }
}

function read(text: string): XmlElement | undefined {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    additionalNamespaces: { '': NS.client, stream: NS.stream },
  });
  const open: Open[] = [];
  let count = 0;
  let root: XmlElement | undefined;

  const refuse = (what: string) => {
    throw new Error(what);
  };
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => refuse('document type'));
  parser.on('comment', () => refuse('comment'));
  parser.on('processinginstruction', () => refuse('processing instruction'));
  parser.on('opentag', (tag) => {
    if (open.length >= MAX_DEPTH || ++count > MAX_ELEMENTS) {
      refuse('too large');
    }
    const attributes = new Map<string, string>();
    for (const attribute of Object.values(tag.attributes)) {
      if (attribute.prefix === '' && attribute.name !== 'xmlns') {
        attributes.set(attribute.local, attribute.value);
      }
    }
    open.push({ name: tag.local, namespace: tag.uri, attributes, children: [] });
  });
  parser.on('closetag', () => {
    const done = open.pop();
    if (done === undefined) {
      return;
    }
    const element = new XmlElement(done.name, done.namespace, done.attributes, done.children);
    const parent = open.at(-1);
    if (parent) {
      parent.children.push(element);
    } else {
      root = element;
    }
  });
  const addText = (piece: string) => open.at(-1)?.children.push(piece);
  parser.on('text', addText);
  parser.on('cdata', addText);

  parser.write(text).close();
  return root;
}
