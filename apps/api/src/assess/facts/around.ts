import { type ChangeView, type Facts, guardsOf, type Peers, peersOf, refusalCountsMs } from '@lunwarden/risk';
import type { ChangeRecords, FleetCustom, StoredBaseline, Tx } from '@lunwarden/store';
import type { MapIndex } from '../map-index.js';
import { namesOf, productOf } from './product.js';

/** A count of the fleet that is older than the facts of its hosts may be says nothing of how they are set now. */
const customHoldsMs = 3 * 3_600_000;

/**
 * What stands around the reports of these hosts, added to their facts: what they are compared with, how others are set,
 * what is planned for them, what the backup product says. Read from the database alone, so that whoever judges a host,
 * and when, makes no difference. Four statements for any number of hosts.
 * @param at ISO instant at which the hosts are judged
 */
export async function around(tx: Tx, maps: MapIndex, hosts: readonly Facts[], at: string): Promise<Facts[]> {
  if (hosts.length === 0) return [];
  const ids = hosts.map(({ hostId }) => hostId);
  const baselines = await tx.baselines.of(ids);
  const custom = await tx.custom.read();
  const changes = await tx.surroundings.changes(ids, at, new Date(Date.parse(at) - refusalCountsMs).toISOString());
  const names = hosts.flatMap((facts) => namesOf(facts).map((name) => ({ hostId: facts.hostId, name })));
  const products = await tx.surroundings.products(names);
  return hosts.map((facts): Facts => {
    const records = products.get(facts.hostId);
    const said = records === undefined ? null : productOf(facts, records, maps);
    const change = changes.get(facts.hostId);
    const peers = peersIn(custom, facts, at);
    return {
      ...facts,
      ...previousOf(facts, baselines.get(facts.hostId)),
      ...(peers === undefined ? {} : { peers }),
      ...(said === null ? {} : { product: said.product }),
      ...(change === undefined ? {} : { change: changeOf(change, said?.jobs ?? { unknown: 'not_collected' }) }),
    };
  });
}

function previousOf({ report }: Facts, baseline: StoredBaseline | undefined): Pick<Facts, 'previous'> {
  if (report === null) return {};
  // A host that has not said anything new since baselines are kept differs from nothing yet.
  if (baseline === undefined || baseline.isFirst) return { previous: null };
  return { previous: { facts: baseline.facts, observedAt: baseline.observedAt } };
}

function peersIn(custom: FleetCustom | null, { report }: Facts, at: string): Peers | undefined {
  const age = custom === null ? Number.POSITIVE_INFINITY : Date.parse(at) - Date.parse(custom.countedAt);
  if (custom === null || age >= customHoldsMs) return undefined;
  return peersOf(custom.counts, report === null ? null : guardsOf(report.facts));
}

const changeOf = (
  { open, ended, preflightAt, exceptions, refusals }: ChangeRecords,
  jobs: ChangeView['jobs'],
): ChangeView => ({
  window: { value: open },
  ended: { value: ended },
  preflightAt: { value: preflightAt },
  jobs,
  exceptions: { value: exceptions },
  refusals: { value: refusals },
});

/** From when on a report of this host, be it one that says nothing new, settles what its records leave open. */
export function awaitedOf({ hostId, report, change }: Facts): { hostId: string; observedFrom: string }[] {
  if (change === undefined) return [];
  const observedAt = Date.parse(report?.observedAt ?? '');
  const ended = 'value' in change.ended && change.ended.value !== null ? [change.ended.value.endsAt] : [];
  const exceptions = 'value' in change.exceptions ? change.exceptions.value.map(({ expiresAt }) => expiresAt) : [];
  return [...new Set([...ended, ...exceptions])]
    .filter((from) => !(observedAt >= Date.parse(from)))
    .map((observedFrom) => ({ hostId, observedFrom }));
}
