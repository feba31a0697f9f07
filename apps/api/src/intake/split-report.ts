/** A report in two: the envelope as JSON in which `facts` is null, and the bytes of the facts. */
export type SplitReport = { envelope: Buffer; facts: Buffer };

const factsKey = Buffer.from('"facts":');
const nothing = Buffer.from('null}');
const closeBrace = 125;

/**
 * Cuts where the facts begin, by looking for their key and for nothing else; null where the key is missing.
 * It proves nothing: only if both parts are valid JSON, and the envelope's `facts` is null, are they the two parts of
 * that report. For then the cut is where the envelope wants a value, and what was cut out is one whole value.
 */
export function splitReport(bytes: Buffer): SplitReport | null {
  const from = bytes.indexOf(factsKey);
  const end = bytes.lastIndexOf(closeBrace);
  if (from < 0 || end < from || !isBlank(bytes, end + 1)) return null;
  const cut = from + factsKey.length;
  return { envelope: Buffer.concat([bytes.subarray(0, cut), nothing]), facts: bytes.subarray(cut, end) };
}

/** Nothing but JSON's white space from here to the end. */
function isBlank(bytes: Buffer, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (![0x20, 0x09, 0x0a, 0x0d].includes(bytes[at] ?? 0)) return false;
  return true;
}
