import type { Known, TransportFact } from '@lunwarden/contract';
import type { FixedBuilds } from './facts/feed-view.js';
import type { InventoryView, ProxyVm } from './facts/inventory-view.js';
import type { ProductView, ProxyInProduct, ServerInProduct } from './facts/product-view.js';
import { hostFact, isVirtual } from './host-fact.js';
import { judgeSubject, notApplicable, type Place, type Subject, unknownBecause } from './judging.js';
import type { Policy } from './policy.js';
import type { Told } from './reading.js';
import type { Judgement, RuleContext } from './rule.js';
import type { Source } from './signals.js';

/** What somebody other than the host told at `at` (ISO); `known` undefined = nobody asked. */
export function aged<T>(
  { asOf, policy: { freshness } }: Pick<Source, 'asOf' | 'policy'>,
  ttl: keyof Policy['freshness'],
  { known, at }: { known: Known<T> | undefined; at: string | null },
): Told<T> {
  const told = recorded(known);
  // An unreadable date makes no comparison true, and so proves nothing.
  const isFresh = at !== null && asOf - Date.parse(at) < freshness[ttl];
  return told.kind === 'unknown' || isFresh ? told : { kind: 'doubtful', value: told.value, why: 'stale' };
}

/** A fact of our own records, which are as fresh as the question. */
export function recorded<T>(known: Known<T> | undefined): Told<T> & { kind: 'certain' | 'unknown' } {
  if (known === undefined) return unknownBecause('not_collected');
  return 'unknown' in known ? unknownBecause(known.unknown, known.detail) : { kind: 'certain', value: known.value };
}

type Of<P, T> = { name: string; fact: (part: P) => Known<T> };
type Part<P> = Omit<Subject<P>, 'name'>;
type Judge<T> = (value: T, place: Place) => Judgement;

/** A fact of a part that the view may say is not there; without the part there is nothing to judge. */
const judgePart = <P, T>({ source, at, told }: Part<P | null>, { name, fact }: Of<P, T>, judge: Judge<T>): Judgement =>
  judgeSubject({ name, source, at, told }, (part) =>
    part === null ? notApplicable : judgeSubject({ name, source, at, told: recorded(fact(part)) }, judge),
  );

function product<P>(context: RuleContext, part: (view: ProductView) => Known<P>): Part<P> {
  const view = context.facts.product;
  const at = view?.observedAt ?? null;
  const told = aged(context, 'productMs', { known: view && part(view), at });
  return { source: 'backup product', at, told };
}

export const productProxy = (context: RuleContext): Subject<ProxyInProduct | null> => ({
  ...product(context, ({ proxy }) => proxy),
  name: 'What the backup product says of the host is',
});

/** One fact of the host as the backup product's proxy. */
export const judgeProxy = <T>(context: RuleContext, of: Of<ProxyInProduct, T>, judge: Judge<T>): Judgement =>
  judgePart(
    product(context, ({ proxy }) => proxy),
    of,
    judge,
  );

/** One fact of the host as the backup server. */
export const judgeServer = <T>(context: RuleContext, of: Of<ServerInProduct, T>, judge: Judge<T>): Judgement =>
  judgePart(
    product(context, ({ server }) => server),
    of,
    judge,
  );

const inventoryOf = ({ facts: { inventory: view } }: Source) => ({
  source: 'vCenter inventory',
  at: view?.observedAt ?? null,
});

/** One fact of the inventory of the vCenters. */
export function inventory<T>(
  context: Source,
  { name, fact }: { name: string; fact: (view: InventoryView) => Known<T> },
): Subject<T> {
  const view = context.facts.inventory;
  const place = inventoryOf(context);
  return { name, ...place, told: aged(context, 'inventoryMs', { known: view && fact(view), at: place.at }) };
}

/** The VM that the host is; null = it is none, which a physical host says itself, whatever the age of the maps. */
export function proxyVmTold(source: Source): Told<ProxyVm | null> {
  if (isVirtual(source) === false) return { kind: 'certain', value: null };
  return inventory(source, { name: '', fact: ({ proxyVm }) => proxyVm }).told;
}

/** One fact of the VM that the host is. */
export const judgeProxyVm = <T>(context: RuleContext, of: Of<ProxyVm, T>, judge: Judge<T>): Judgement =>
  judgePart({ ...inventoryOf(context), told: proxyVmTold(context) }, of, judge);

/** A table of a feed, which is as old as it says itself. */
export function feed<T extends Pick<FixedBuilds, 'asOf'>>(
  context: RuleContext,
  { name, table }: { name: string; table: Known<T> | undefined },
): Subject<T> {
  const at = table !== undefined && 'value' in table ? table.value.asOf : null;
  return { name, source: 'imported feed', at, told: aged(context, 'feedMs', { known: table, at }) };
}

/** How the backup product is told to read, and how it was seen to. */
export const transport = (context: RuleContext): Subject<TransportFact> => ({
  name: 'The transport mode is',
  source: 'backup product',
  at: context.observedAt,
  told: hostFact(context, (facts) => facts.transport, 'mode'),
});
