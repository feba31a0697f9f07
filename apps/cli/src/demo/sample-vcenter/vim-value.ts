/** A value of the vSphere API as it stands in an answer. `type` goes into xsi:type. */
export type VimValue =
  | { type: string; text: string }
  | { type: 'ManagedObjectReference'; kind: string; id: string }
  | { type: string; fields: ReadonlyMap<string, VimValue> }
  | { type: string; item: string; items: readonly VimValue[] };

export type Ref = { kind: string; id: string };

export const string = (text: string): VimValue => ({ type: 'xsd:string', text });
export const boolean = (value: boolean): VimValue => ({ type: 'xsd:boolean', text: String(value) });
export const int = (value: number): VimValue => ({ type: 'xsd:int', text: String(value) });
export const long = (digits: string): VimValue => ({ type: 'xsd:long', text: digits });
export const word = (type: string, text: string): VimValue => ({ type, text });
export const reference = (to: Ref): VimValue => ({ type: 'ManagedObjectReference', kind: to.kind, id: to.id });

/** A data object; fields that are null stay unset, which is how vSphere says "none". */
export const data = (type: string, fields: Record<string, VimValue | null>): VimValue => ({
  type,
  fields: new Map(Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))),
});

/** `ArrayOfX` as a property value; inside a data object its items stand one after the other. */
export const array = (item: string, items: readonly VimValue[]): VimValue => ({ type: `ArrayOf${item}`, item, items });

/** The value at the end of a property path such as `summary.config.product`; null = unset. */
export function valueAt(value: VimValue, path: string): VimValue | null {
  let at: VimValue | undefined = value;
  for (const name of path.split('.')) at = at !== undefined && 'fields' in at ? at.fields.get(name) : undefined;
  return at ?? null;
}

/** `<val xsi:type="…">…</val>`: an array wraps its items only here, at the top of a property. */
export function propertyMarkup(value: VimValue): string {
  const inner = 'items' in value ? value.items.map((one) => markup(value.item, one)).join('') : innerMarkup(value);
  return `<val${kindMarkup(value)} xsi:type="${value.type}">${inner}</val>`;
}

export function markup(name: string, value: VimValue): string {
  if ('items' in value) return value.items.map((one) => markup(name, one)).join('');
  return `<${name}${kindMarkup(value)}${typeMarkup(value)}>${innerMarkup(value)}</${name}>`;
}

function innerMarkup(value: VimValue): string {
  if ('fields' in value) return [...value.fields].map(([name, one]) => markup(name, one)).join('');
  if ('items' in value) return '';
  return escapeText('text' in value ? value.text : value.id);
}

/** Where a data object stands, one of a sub-type may stand too: readers go by xsi:type. */
const typeMarkup = (value: VimValue): string => ('fields' in value ? ` xsi:type="${value.type}"` : '');

const kindMarkup = (value: VimValue): string => ('kind' in value ? ` type="${escapeText(value.kind)}"` : '');

export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
