import type { ImportableFeed } from '@lunwarden/contract';
import { ageProblem, ttlDays } from '@lunwarden/feeds';
import type { StoredFeed, Tx } from '@lunwarden/store';
import { cvesOfTable, tableInForce } from './fixed-tables.js';
import { backupServerKey, likelihoodPrefix } from './host-keys.js';

export type Hosts = readonly string[] | 'all';
export type Concern = { kind: ImportableFeed; scope: string; before: StoredFeed | undefined; at: string };

/**
 * Whom the last `replaceEntries` of this transaction concerns. What no feed could tell, one tells now; and any host may
 * lie behind an ESXi host that is concerned.
 */
export async function concerned(tx: Tx, { kind, scope, before, at }: Concern): Promise<Hosts> {
  if (scope === 'vmware-esxi' || kind === 'esxi-builds') return 'all';
  if (kind === 'veeam-builds') return tx.feedKeys.hostsOn([backupServerKey]);
  if (before === undefined || ageProblem(before.asOf, ttlDays[kind], at) !== null) return 'all';
  if (kind === 'epss') return tx.feedKeys.hostsOnChanged({ prefix: likelihoodPrefix });
  return kind === 'kev' ? concernedByKev(tx) : tx.feedKeys.hostsOnChanged();
}

async function concernedByKev(tx: Tx): Promise<Hosts> {
  const stored = await tx.feeds.all();
  const isAbout = async (kind: 'veeam-builds' | 'esxi-builds'): Promise<boolean> =>
    (await tx.feeds.changedAmong(cvesOfTable(await tableInForce(tx, kind, stored)))).length > 0;
  if (await isAbout('esxi-builds')) return 'all';
  return tx.feedKeys.hostsOnChanged({ others: (await isAbout('veeam-builds')) ? [backupServerKey] : [] });
}
