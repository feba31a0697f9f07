import type { Known, ListedProxy } from '@lunwarden/contract';
import type { ChangeView, Facts, ProductView, ProxyInProduct } from '@lunwarden/risk';
import type { ProductRecords } from '@lunwarden/store';
import type { MapIndex } from '../map-index.js';
import { entryOf } from './host-names.js';

/** What is known, and since when it is no longer sure. */
type Dated<T> = { known: Known<T>; at: string | null };
type Listing = Dated<ProxyInProduct | null> & { jobs: ChangeView['jobs'] };

/** Names that a host goes by, in lower case: as it enrolled, and as it reports. */
export const namesOf = ({ hostname, report }: Facts): string[] => [
  ...new Set([hostname.toLowerCase(), ...(report === null ? [] : [report.facts.hostname.toLowerCase()])]),
];

/** What backup servers say of one host, and whether jobs may start on it. */
export function productOf(
  facts: Facts,
  records: ProductRecords,
  maps: MapIndex,
): { product: ProductView; jobs: ChangeView['jobs'] } {
  const server = serverOf(facts, records);
  const proxy = proxyOf(facts, records, maps);
  // One age for both: that of the older, as far as it says anything.
  const ages = [server, proxy].filter(({ known }) => 'value' in known).map(({ at }) => at);
  const dates = ages.filter((at) => at !== null).toSorted();
  const observedAt = dates.length < ages.length ? null : (dates[0] ?? null);
  return { product: { observedAt, server: server.known, proxy: proxy.known }, jobs: proxy.jobs };
}

function serverOf(
  { report }: Facts,
  { own }: ProductRecords,
): Dated<ProductView['server'] extends Known<infer T> ? T : never> {
  if (own !== null) {
    const { build, patches, isDomainJoined } = own.server;
    return { known: { value: { build, patches, isDomainJoined } }, at: own.observedAt };
  }
  if (report === null) return { known: { unknown: 'never_reported' }, at: null };
  const { roles, backupProduct } = report.facts;
  const saysNone = backupProduct !== undefined && 'value' in backupProduct && backupProduct.value === null;
  if (saysNone) return { known: { value: null }, at: report.observedAt };
  if ('unknown' in roles) return { known: roles, at: null };
  return roles.value.includes('backup-server')
    ? { known: { unknown: 'not_collected' }, at: null }
    : { known: { value: null }, at: report.observedAt };
}

function proxyOf(facts: Facts, records: ProductRecords, maps: MapIndex): Listing {
  const one = entryOf(namesOf(facts), records.entries, records.namesakes);
  if (one === 'ambiguous') return notSaid('conflict', 'More than one entry, or more than one host, goes by this name');
  if (one === 'none') return unlisted(records);
  const { entry, observedAt: at } = one;
  const jobs: ChangeView['jobs'] =
    'unknown' in entry.jobs || at === null
      ? { unknown: 'unknown' in entry.jobs ? entry.jobs.unknown : 'clock' }
      : { value: { ...entry.jobs.value, at } };
  return { known: { value: inProduct(entry, maps) }, at, jobs };
}

/** Not on a list is proven only where every backup server of the fleet told all of its proxies by their names. */
function unlisted({ servers, wholeLists, listsReadAt }: ProductRecords): Listing {
  if (servers === 0) return notSaid('not_collected', 'No backup server reports');
  if (wholeLists < servers) return notSaid('unrecognised_value', 'A backup server did not name every proxy');
  return { known: { value: null }, at: listsReadAt, jobs: { unknown: 'not_collected' } };
}

const notSaid = (unknown: 'conflict' | 'not_collected' | 'unrecognised_value', detail: string): Listing => ({
  known: { unknown, detail },
  at: null,
  jobs: { unknown, detail },
});

const inProduct = (
  { hostName: _, jobs: __, neededDatastores, ...entry }: ListedProxy,
  maps: MapIndex,
): ProxyInProduct => ({
  ...entry,
  neededDatastores: datastoresOf(neededDatastores, maps),
});

/** One datastore that no map names, or two that fit, and nobody knows what is needed. */
function datastoresOf(needed: ListedProxy['neededDatastores'], maps: MapIndex): ProxyInProduct['neededDatastores'] {
  if ('unknown' in needed) return needed;
  if (needed.value === null) return { value: null };
  const ids = needed.value.map(({ name, moref }) => maps.datastoreNamed(name, moref));
  const known = ids.filter((id) => id !== null);
  return known.length === ids.length
    ? { value: known }
    : { unknown: 'unrecognised_value', detail: 'The product names a datastore that no LUN map tells apart' };
}
