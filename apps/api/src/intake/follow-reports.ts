import { createHash } from 'node:crypto';
import type { BackupProduct, HostFacts } from '@lunwarden/contract';
import { type Baseline, nextBaseline } from '@lunwarden/risk';
import type { Tx } from '@lunwarden/store';
import { isHostName, shortName } from '../assess/facts/host-names.js';

/** Hosts that must be judged again; null = every host. */
export type Concerned = readonly string[] | null;

/** A report that takes the place of the one in force. */
export type Following = { hostId: string; facts: HostFacts; observedAt: string | null };

/**
 * Keeps beside the reports what later judgements need of them: what the next report is compared with, and what a backup
 * server says of others. Called while the reports before are still in force. Writes only what says something new.
 * @returns hosts around which something else is true now
 */
export async function followReports(tx: Tx, reports: readonly Following[]): Promise<Concerned> {
  if (reports.length === 0) return [];
  await followBaselines(tx, reports);
  return followProducts(tx, reports);
}

async function followBaselines(tx: Tx, reports: readonly Following[]): Promise<void> {
  const baselines = await tx.baselines.of(reports.map(({ hostId }) => hostId));
  // Hosts that reported before baselines were kept have only the report that is in force now.
  const older = await tx.reports.inForce(reports.flatMap(({ hostId }) => (baselines.has(hostId) ? [] : [hostId])));
  await tx.baselines.save(
    reports.flatMap(({ hostId, facts, observedAt }) => {
      const before = baselines.get(hostId) ?? baselineOf(older.get(hostId)?.remembered);
      const next = nextBaseline(before?.facts ?? null, facts);
      const isFirst = before === undefined;
      const isSame = before?.isFirst === isFirst && JSON.stringify(before.facts) === JSON.stringify(next);
      return isSame ? [] : [{ hostId, facts: next, observedAt, isFirst }];
    }),
  );
}

const baselineOf = (facts: HostFacts | undefined): { facts: Baseline; isFirst: boolean } | undefined =>
  facts === undefined ? undefined : { facts: nextBaseline(null, facts), isFirst: true };

async function followProducts(tx: Tx, reports: readonly Following[]): Promise<Concerned> {
  const standing = await tx.products.standing(reports.map(({ hostId }) => hostId));
  const concerned: Concerned[] = [];
  for (const { facts, ...saying } of reports) {
    const { hostId } = saying;
    const before = standing.get(hostId);
    const said = facts.backupProduct ?? { value: null };
    if ('unknown' in said) {
      // One that could not look says what it last said, as old as that is.
      if (before !== undefined) await tx.products.freeze(hostId);
    } else if (said.value === null) {
      // A host that is no backup server any more lists nobody.
      if (before !== undefined) concerned.push(await tx.products.change(saying, null));
    } else {
      const hash = createHash('sha256').update(JSON.stringify(said.value)).digest('hex');
      if (before?.said !== hash) concerned.push(await tx.products.change(saying, stored(hostId, hash, said.value)));
      else if (before.isFrozen) await tx.products.thaw(hostId);
    }
  }
  return allOf(concerned);
}

export const allOf = (concerned: readonly Concerned[]): Concerned =>
  concerned.includes(null) ? null : concerned.flatMap((some) => some ?? []);

/** Two machines speak with the key of these hosts: what a backup server among them said proves nothing of others. */
export async function doubtProducts(tx: Tx, hostIds: readonly string[]): Promise<Concerned> {
  return hostIds.length > 0 && (await tx.products.standing(hostIds)).size > 0 ? null : [];
}

function stored(hostId: string, said: string, { proxies, ...server }: BackupProduct) {
  if ('unknown' in proxies) return { hostId, said, server, proxies: null, hasStrangers: false };
  return {
    hostId,
    said,
    server,
    proxies: proxies.value.map((entry) => ({ shortName: shortName(entry.hostName), entry })),
    hasStrangers: proxies.value.some(({ hostName }) => !isHostName(hostName)),
  };
}

/** A number that was used twice: somebody else may speak in the name of this host. */
export async function noteRefusal(tx: Tx, hostId: string, at: string): Promise<Concerned> {
  const isNews = await tx.refusals.note({ hostId, reason: 'A report number was used again for another content', at });
  return isNews ? [hostId] : [];
}
