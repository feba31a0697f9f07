import type { ImportableFeed } from '@lunwarden/contract';
import {
  esxiBuilds,
  type FixedBuildKind,
  FixedBuildRow,
  type FixedBuildTable,
  tableOf,
  veeamBuilds,
} from '@lunwarden/feeds';
import type { StoredFeed, Tx } from '@lunwarden/store';

/** Tables that come with the program. */
export const bundledTables: Readonly<Record<FixedBuildKind, FixedBuildTable>> = {
  'veeam-builds': veeamBuilds,
  'esxi-builds': esxiBuilds,
};

/** Of the imported table and the bundled one, the younger: a new program never goes back to an older word. */
export async function tableInForce(
  tx: Tx,
  kind: FixedBuildKind,
  stored: readonly Pick<StoredFeed, 'kind' | 'asOf'>[],
): Promise<FixedBuildTable> {
  const bundled = bundledTables[kind];
  const imported = importedTable(kind, stored);
  if (imported === undefined) return bundled;
  const rows: FixedBuildRow[] = [];
  for await (const page of tx.feeds.bodiesBelow(kind, FixedBuildRow, 'CVE-'))
    for (const [, row] of page) rows.push(row);
  return tableOf(rows, { asOf: imported.asOf, source: 'imported table' });
}

/** The imported table if it is in force. */
export const importedTable = <Feed extends Pick<StoredFeed, 'kind' | 'asOf'>>(
  kind: FixedBuildKind,
  stored: readonly Feed[],
): Feed | undefined => stored.find((feed) => feed.kind === kind && feed.asOf >= bundledTables[kind].asOf);

/** Rows of the table of this kind that comes with the program; 0 = none does. */
export function bundledRows(kind: ImportableFeed): number {
  if (kind !== 'veeam-builds' && kind !== 'esxi-builds') return 0;
  const { fixes, clean, hopeless } = bundledTables[kind];
  return fixes.length + clean.length + hopeless.length;
}

/** Every vulnerability that a table speaks of. */
export const cvesOfTable = ({ fixes, clean, hopeless }: FixedBuildTable): string[] => [
  ...new Set([...fixes, ...clean, ...hopeless].map(({ cve }) => cve)),
];
