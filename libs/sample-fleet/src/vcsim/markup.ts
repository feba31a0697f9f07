/** Text of an element or attribute. */
const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A leaf. */
export const leaf = (name: string, value: string | number | boolean): string =>
  `<${name}>${escapeText(String(value))}</${name}>`;

export const group = (name: string, ...parts: readonly string[]): string => `<${name}>${parts.join('')}</${name}>`;

/** A managed object reference. */
export const ref = (name: string, kind: string, id: string): string => `<${name} type="${kind}">${id}</${name}>`;

const instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** An element whose type has to be said, because its declared type is a base class. */
export const typed = (name: string, type: string, ...parts: readonly string[]): string =>
  `<${name} ${instance} xsi:type="${type}">${parts.join('')}</${name}>`;

export const property = (name: string, type: string, ...parts: readonly string[]): string =>
  `<propSet><name>${name}</name>${typed('val', type, ...parts)}</propSet>`;

export const textProperty = (name: string, text: string): string => property(name, 'xsd:string', escapeText(text));

export const refProperty = (name: string, kind: string, id: string): string =>
  `<propSet><name>${name}</name><val type="${kind}" ${instance} xsi:type="ManagedObjectReference">${id}</val></propSet>`;

export const refsProperty = (name: string, kind: string, ids: readonly string[]): string =>
  property(name, 'ArrayOfManagedObjectReference', ...ids.map((id) => ref('ManagedObjectReference', kind, id)));
