/** One row of a catalogue, read by nothing of ours. */
export type NaiveRow = { product: string; kb: string; cve: string; supersedes: string[] };

/** Rows of a CSV whose every field is quoted. */
export const naiveRows = (csv: string): NaiveRow[] =>
  csv
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.slice(1, -1).split('","'))
    .map(([, cve = '', kb = '', , product = '', , , , older = '']) => ({
      cve,
      kb: `KB${kb}`,
      product,
      supersedes: older.split(';').flatMap((digits) => (digits === '' ? [] : `KB${digits}`)),
    }));

/**
 * The oracle: an update is there if it is installed, or if an update that is there supersedes it; repeated over all rows
 * until nothing changes. No index, no graph, no order.
 */
export function naiveMissing(
  rows: NaiveRow[],
  product: string,
  installed: string[],
): { kbs: Set<string>; cves: Set<string> } {
  const mine = rows.filter((row) => row.product.toLowerCase() === product);
  const there = new Set(installed);
  for (let before = -1; before !== there.size; ) {
    before = there.size;
    for (const row of mine) if (there.has(row.kb)) for (const older of row.supersedes) there.add(older);
  }
  const missing = mine.filter((row) => !there.has(row.kb));
  return { kbs: new Set(missing.map((row) => row.kb)), cves: new Set(missing.map((row) => row.cve)) };
}
