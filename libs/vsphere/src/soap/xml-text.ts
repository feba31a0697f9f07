const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** `&#x10FFFF;` and some leading zeros. */
const longestReference = 16;

/** A shorter slice is copied by V8 itself. */
const sliceable = 13;

/**
 * The same text in memory of its own. V8 makes a slice point into the string that it was cut from: one name that is kept
 * would keep 64 KB of an answer, and a map of 50,000 VMs the whole of it.
 */
export const ownText = (text: string): string => (text.length < sliceable ? text : ` ${text}`.slice(1));

/**
 * Character data with its references resolved. `to` -1 = its end has not come: what may be half a reference or half a
 * line end is then left for the next piece, which begins at `end`.
 * @returns null when it is not well-formed.
 */
export function readText(source: string, from: number, to: number): { text: string; end: number } | null {
  const end = to === -1 ? endOfWhole(source, from) : to;
  if (end === null) return null;
  const text = source.slice(from, end);
  if (!text.includes('&') && !text.includes('\r')) return { text: ownText(text), end };
  let isWhole = true;
  const resolved = text.replaceAll(/\r\n?/g, '\n').replaceAll(/&([^;&]*);?/g, (reference, name: string) => {
    const character = reference.endsWith(';') ? characterOf(name) : null;
    isWhole &&= character !== null;
    return character ?? '';
  });
  return isWhole ? { text: resolved, end } : null;
}

function endOfWhole(source: string, from: number): number | null {
  const reference = source.lastIndexOf('&');
  if (reference >= from && !source.includes(';', reference))
    return source.length - reference > longestReference ? null : reference;
  return source.endsWith('\r') ? Math.max(from, source.length - 1) : source.length;
}

function characterOf(name: string): string | null {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}))$/.exec(name) ?? [];
  if (hexadecimal === undefined && decimal === undefined)
    return Object.hasOwn(entities, name) ? (entities[name] ?? null) : null;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  return isCharacter(code) ? String.fromCodePoint(code) : null;
}

/** XML 1.0, production 2. */
const isCharacter = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  (code >= 0x10000 && code <= 0x10ffff);
