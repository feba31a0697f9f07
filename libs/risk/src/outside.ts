import type { Known, TransportFact } from '@lunwarden/contract';
import type { FixedBuilds } from './facts/feed-view.js';
import type { InventoryView, ProxyVm } from './facts/inventory-view.js';
import type { ProductView, ProxyInProduct, ServerInProduct } from './facts/product-view.js';
import { judgeSubject, notApplicable, type Place, type Subject, unknownBecause } from './judging.js';
import { type Told, told } from './reading.js';
import type { Judgement, RuleContext } from './rule.js';
import type { Source } from './signals.js';

/** What somebody other than the host told at `at` (ISO); `known` undefined = nobody asked. */
export function aged<T>(
  known: Known<T> | undefined,
  at: string | null,
  { asOf, ttlMs }: { asOf: number; ttlMs: number },
): Told<T> {
  if (known === undefined) return unknownBecause('not_collected');
  if ('unknown' in known) return unknownBecause(known.unknown, known.detail);
  // An unreadable date makes no comparison true, and so proves nothing.
  const isFresh = at !== null && asOf - Date.parse(at) < ttlMs;
  return isFresh ? { kind: 'certain', value: known.value } : { kind: 'doubtful', value: known.value, why: 'stale' };
}

/** A fact of our own records, which are as fresh as the question. */
export function recorded<T>(known: Known<T> | undefined): Told<T> {
  if (known === undefined) return unknownBecause('not_collected');
  return 'unknown' in known ? unknownBecause(known.unknown) : { kind: 'certain', value: known.value };
}

type Of<P, T> = { name: string; fact: (part: P) => Known<T> };
type Judge<T> = (value: T, place: Place) => Judgement;

/** A fact of a part that the view may say is not there; without the part there is nothing to judge. */
function judgePart<P, T>(part: Subject<P | null>, { name, fact }: Of<P, T>, judge: Judge<T>): Judgement {
  return judgeSubject({ ...part, name }, (value) => {
    if (value === null) return notApplicable;
    const known = fact(value);
    const inner: Told<T> =
      'unknown' in known ? unknownBecause(known.unknown, known.detail) : { kind: 'certain', value: known.value };
    return judgeSubject({ ...part, name, told: inner }, judge);
  });
}

function product<P>(
  { facts, asOf, policy: { freshness } }: RuleContext,
  part: (view: ProductView) => Known<P>,
): Subject<P> {
  const view = facts.product;
  const at = view?.observedAt ?? null;
  const known = view === undefined ? undefined : part(view);
  return { name: '', source: 'backup product', at, told: aged(known, at, { asOf, ttlMs: freshness.productMs }) };
}

export const productProxy = (context: RuleContext): Subject<ProxyInProduct | null> => ({
  ...product(context, ({ proxy }) => proxy),
  name: 'The host in the backup product is',
});

/** One fact of the host as the backup product's proxy. */
export const judgeProxy = <T>(context: RuleContext, of: Of<ProxyInProduct, T>, judge: Judge<T>): Judgement =>
  judgePart(productProxy(context), of, judge);

/** One fact of the host as the backup server. */
export const judgeServer = <T>(context: RuleContext, of: Of<ServerInProduct, T>, judge: Judge<T>): Judgement =>
  judgePart(
    product(context, ({ server }) => server),
    of,
    judge,
  );

/** One fact of the inventory of the vCenters. */
export function inventory<T>(
  { facts, asOf, policy: { freshness } }: RuleContext,
  { name, fact }: { name: string; fact: (view: InventoryView) => Known<T> },
): Subject<T> {
  const view = facts.inventory;
  const at = view?.observedAt ?? null;
  const known = view === undefined ? undefined : fact(view);
  return { name, source: 'vCenter inventory', at, told: aged(known, at, { asOf, ttlMs: freshness.inventoryMs }) };
}

/** The VM that the host is; null = it is none, which a physical host says itself, whatever the age of the maps. */
export function proxyVmTold(source: Source): Told<ProxyVm | null> {
  const { facts, trusts, asOf, policy } = source;
  const machine = facts.report?.facts.machine;
  const isPhysical = machine !== undefined && 'value' in machine && !machine.value.isVirtual && trusts.mode.fresh;
  if (isPhysical) return { kind: 'certain', value: null };
  const at = facts.inventory?.observedAt ?? null;
  return aged(facts.inventory?.proxyVm, at, { asOf, ttlMs: policy.freshness.inventoryMs });
}

/** One fact of the VM that the host is. */
export function judgeProxyVm<T>(context: RuleContext, of: Of<ProxyVm, T>, judge: Judge<T>): Judgement {
  const place = { source: 'vCenter inventory', at: context.facts.inventory?.observedAt ?? null };
  return judgePart({ ...place, name: of.name, told: proxyVmTold(context) }, of, judge);
}

/** A table of a feed, which is as old as it says itself. */
export function feed<T extends Pick<FixedBuilds, 'asOf'>>(
  { asOf, policy: { freshness } }: RuleContext,
  { name, table }: { name: string; table: Known<T> | undefined },
): Subject<T> {
  const at = table !== undefined && 'value' in table ? table.value.asOf : null;
  return { name, source: 'imported feed', at, told: aged(table, at, { asOf, ttlMs: freshness.feedMs }) };
}

/** How the backup product is told to read, and how it was seen to. */
export function transport({ facts: { report }, trusts }: RuleContext): Subject<TransportFact> {
  const place = { name: 'The transport mode is', source: 'backup product', at: report?.observedAt ?? null };
  if (report === null) return { ...place, told: unknownBecause('never_reported') };
  return { ...place, told: told(report.facts.transport, report.remembered.transport, trusts.mode) };
}
