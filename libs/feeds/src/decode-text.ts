/**
 * Text of a file that somebody saved on Windows: UTF-8, UTF-16 either way, or one of the OEM code pages. A code page is
 * told by the locale that the text itself names; where it names none, letters beyond ASCII may come out wrong, digits never.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decode('utf-16le', bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decode('utf-16be', bytes);
  const zeros = zeroPlaces(bytes.subarray(0, 512));
  if (zeros.odd > 64 && zeros.even === 0) return decode('utf-16le', bytes);
  if (zeros.even > 64 && zeros.odd === 0) return decode('utf-16be', bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const ascii = decode('latin1', bytes);
    const locale = /(?:^|\s)([a-z]{2,3}(?:-[a-z]{2,4})?);/m.exec(ascii)?.[1] ?? '';
    return decode(pages[locale] ?? pages[locale.split('-')[0] ?? ''] ?? 'windows-1252', bytes);
  }
}

/** A decoder for a file that comes in pieces, told by the first of them. What is no UTF-16 is read as UTF-8. */
export function decoderFor(start: Uint8Array): InstanceType<typeof TextDecoder> {
  const zeros = zeroPlaces(start.subarray(0, 512));
  if (start[0] === 0xfe || (zeros.even > 64 && zeros.odd === 0)) return new TextDecoder('utf-16be');
  return new TextDecoder(start[0] === 0xff || (zeros.odd > 64 && zeros.even === 0) ? 'utf-16le' : 'utf-8');
}

const decode = (label: string, bytes: Uint8Array): string => new TextDecoder(label).decode(bytes);

/** Code pages of a console that every JavaScript runtime can read; of Western Europe's cp850 none can. */
const pages: Readonly<Record<string, string>> = {
  'zh-tw': 'big5',
  'zh-hk': 'big5',
  zh: 'gb18030',
  ja: 'shift_jis',
  ko: 'euc-kr',
  ru: 'ibm866',
  be: 'ibm866',
  bg: 'ibm866',
  uk: 'ibm866',
};

function zeroPlaces(bytes: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 };
  bytes.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2 === 0 ? 'even' : 'odd'] += 1;
  });
  return zeros;
}
