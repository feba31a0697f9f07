/** Cells are texts; what they mean is told here. Null = it says nothing that we know. */

/** Contract texts refuse these: control characters, line separators, and overrides of writing direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: replacing them is the point
const unwanted = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** For a contract field of `max` UTF-16 units: marked where changed, never refused for its looks. */
export function clean(text: string, max: number): string {
  const printable = text.replaceAll(unwanted, '\ufffd');
  return printable.length <= max ? printable : `${printable.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

export const cleanOrNull = (text: string | undefined, max: number): string | null =>
  text === undefined ? null : clean(text, max);

/** Excel writes TRUE, .NET True. */
export const isTrue = (text: string | undefined): boolean => /^(true|1)$/i.test(text ?? '');

/** MiB, perhaps with separators of thousands, as bytes in decimal text. */
export function bytesOfMebibytes(text: string | undefined): string | null {
  if (text === undefined) return null;
  const digits = /^\d{1,3}([.,'\u00a0\u202f ]\d{3})+$/.test(text) ? text.replaceAll(/\D/g, '') : text;
  return /^\d{1,13}$/.test(digits) ? String(BigInt(digits) * 1_048_576n) : null;
}

/** `[datastore1] web/web.vmdk` -> `datastore1`. Names may hold brackets themselves. */
export const datastoreOfPath = (path: string | undefined): string | null => /^\[(.+?)\] /.exec(`${path} `)?.[1] ?? null;

/** A managed object id as vSphere spells it. */
export const morefOrNull = (text: string | undefined): string | null =>
  text !== undefined && /^[A-Za-z0-9._:-]{1,128}$/.test(text) ? text : null;

/** Canonical device names in a list such as `naa.600…, naa.600…`. */
export const deviceNames = (text: string | undefined): string[] =>
  (text ?? '').split(/[,;\s]+/).filter((name) => /^(naa|eui|t10|mpx|vml|uuid)\./i.test(name));
