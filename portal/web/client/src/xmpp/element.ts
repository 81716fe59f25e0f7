/**
 * An XML element as XMPP uses it: name, namespace, attributes, children. A value; prefixes are resolved away, and
 * attributes that belong to a namespace (except `xml:lang`, which nobody here needs) are not kept.
 */
export class XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (XmlElement | string)[];

  constructor(
    name: string,
    namespace: string,
    attributes: ReadonlyMap<string, string>,
    children: readonly (XmlElement | string)[],
  ) {
    this.name = name;
    this.namespace = namespace;
    this.attributes = attributes;
    this.children = children;
  }

  /** The value of an attribute. */
  attribute(name: string): string | undefined {
    return this.attributes.get(name);
  }

  /** All child elements, in order. */
  get elements(): readonly XmlElement[] {
    return this.children.filter((child) => typeof child !== 'string');
  }

  /** The first child element of that name and namespace (default: the namespace of this element). */
  child(name: string, namespace: string = this.namespace): XmlElement | undefined {
    return this.elements.find((child) => child.is(name, namespace));
  }

  /** All child elements of that name and namespace (default: the namespace of this element). */
  childrenNamed(name: string, namespace: string = this.namespace): readonly XmlElement[] {
    return this.elements.filter((child) => child.is(name, namespace));
  }

  /** The text directly inside, without that of child elements. */
  get text(): string {
    return this.children.filter((child) => typeof child === 'string').join('');
  }

  is(name: string, namespace: string): boolean {
    return this.name === name && this.namespace === namespace;
  }
}

/** Attributes to write; those undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Makes an element. Children that are undefined are left out. */
export function xml(
  name: string,
  namespace: string,
  attributes: Attributes = {},
  ...children: readonly (XmlElement | string | undefined)[]
): XmlElement {
  const given = new Map<string, string>();
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) {
      given.set(key, String(value));
    }
  }
  return new XmlElement(
    name,
    namespace,
    given,
    children.filter((child) => child !== undefined),
  );
}
