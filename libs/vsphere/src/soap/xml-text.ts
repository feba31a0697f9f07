const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
/** `&#x10FFFF;` and some leading zeros. */
const longestReference = 16;

// A byte order mark within a document is a character like any other.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

export const isForbidden = (text: string): boolean => forbidden.test(text);

/** @returns null when the bytes are not UTF-8. */
export function decodeText(source: Buffer, from: number, to: number): string | null {
  try {
    return decoder.decode(source.subarray(from, to));
  } catch {
    return null;
  }
}

/** Character data with its references resolved; null when it is not well-formed. */
export function readText(text: string): string | null {
  if (!text.includes('&') && !text.includes('\r')) return text;
  let isWhole = true;
  const resolved = text.replaceAll(/\r\n?/g, '\n').replaceAll(/&([^;&]*);?/g, (reference, name: string) => {
    const character = reference.endsWith(';') ? characterOf(name) : null;
    isWhole &&= character !== null;
    return character ?? '';
  });
  return isWhole ? resolved : null;
}

/**
 * Where that part of a text ends which can be read although the end of the text has not come: what may be half a
 * character, half a reference or half a line end is left for the next piece. Null when it is not well-formed.
 */
export function endOfText(source: Buffer, from: number): number | null {
  let end = endOfCharacters(source, from);
  const reference = source.lastIndexOf(0x26);
  if (reference >= from && !source.includes(0x3b, reference)) {
    if (source.length - reference > longestReference) return null;
    end = Math.min(end, reference);
  }
  return source[end - 1] === 0x0d ? Math.max(from, end - 1) : end;
}

/** Without the bytes of a UTF-8 sequence that is not whole. */
function endOfCharacters(source: Buffer, from: number): number {
  for (let back = 1; back <= 3 && source.length - back >= from; back++) {
    const byte = source[source.length - back] ?? 0;
    if (byte >= 0xc0)
      return byte >= (back === 1 ? 0xc0 : back === 2 ? 0xe0 : 0xf0) ? source.length - back : source.length;
    if (byte < 0x80) break;
  }
  return source.length;
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
