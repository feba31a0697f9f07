/** Contract texts refuse these: control characters, line separators, and overrides of writing direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: replacing them is the point
const unwanted = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text of a vCenter for a contract field of `max` UTF-16 units: marked where changed, never refused for its looks. */
export function clean(text: string, max: number): string {
  const printable = text.replaceAll(unwanted, '\ufffd');
  // A cut must not leave half of a surrogate pair.
  return printable.length <= max ? printable : `${printable.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Inventory names hold `/`, `\` and `%` escaped (ManagedEntity.name). */
export const unescapeName = (name: string): string =>
  name.replaceAll(/%(2f|5c|25)/gi, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
