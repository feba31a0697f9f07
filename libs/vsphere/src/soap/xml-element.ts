/** One element of an answer. Prefixes are gone: vCenter, vcsim and saved dumps each use other ones. */
export interface XmlElement {
  readonly name: string;
  /** Value of xsi:type without its prefix, e.g. `VmfsDatastoreInfo`. */
  readonly type: string | null;
  /** The unprefixed `type` attribute: kind of a managed object reference, e.g. `HostSystem`. */
  readonly kind: string | null;
  /** Text of a leaf, entities resolved, untrimmed; empty for an element with children. */
  text: string;
  readonly children: readonly XmlElement[];
}

/** A managed object reference. */
export interface Ref {
  readonly kind: string;
  readonly id: string;
}

export function child(element: XmlElement | null, name: string): XmlElement | null {
  if (element !== null) for (const one of element.children) if (one.name === name) return one;
  return null;
}

export const children = (element: XmlElement | null, name: string): XmlElement[] =>
  element?.children.filter((one) => one.name === name) ?? [];

/** The element at the end of a path of child names. */
export function descend(element: XmlElement | null, ...names: string[]): XmlElement | null {
  let at = element;
  for (const name of names) at = child(at, name);
  return at;
}

/** Text of the leaf at the end of a path, or null when an element on the way is absent. */
export const textOf = (element: XmlElement | null, ...names: string[]): string | null =>
  descend(element, ...names)?.text ?? null;

export function refOf(element: XmlElement | null): Ref | null {
  if (element === null || element.kind === null || element.text === '') return null;
  return { kind: element.kind, id: element.text };
}
