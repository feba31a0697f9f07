import type { HostFacts } from '@lunwarden/contract';
import {
  Bulletin,
  bulletinKey,
  EpssEntry,
  type FixedBuildTable,
  KevEntry,
  ProductIndex,
  SupportEntry,
} from '@lunwarden/feeds';
import type { FeedView, FixedBuilds } from '@lunwarden/risk';
import type { KeysOfHost, StoredFeed, Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { tableInForce } from './fixed-tables.js';
import { backupServerKey, type HostInFeeds, hostInFeeds, likelihoodPrefix, mayBeBackupServer } from './host-keys.js';
import { endsOfEsxi, supportOf } from './host-support.js';
import { type UpdateExposure, updateExposure } from './update-exposure.js';

/** The report in force of a host; `remembered` as in `Facts`. */
export type ReportedFacts = { facts: HostFacts; remembered: HostFacts };

type Host = { hostId: string; facts: HostFacts; names: HostInFeeds; exposure: UpdateExposure };
type Fetched = {
  stored: readonly StoredFeed[];
  kev: ReadonlyMap<string, KevEntry>;
  epss: ReadonlyMap<string, EpssEntry>;
  support: ReadonlyMap<string, SupportEntry>;
  veeam: FixedBuildTable;
  esxi: FixedBuildTable;
  at: string;
};

/** What the feeds say of each host, and by which keys an import finds it again. */
export type LookedUp = { views: ReadonlyMap<string, FeedView>; keys: readonly KeysOfHost[] };

/** Looks up what the feeds say of hosts: each of those asked for gets a view, even where no feed was ever imported. */
@Injectable()
export class HostFeeds {
  private catalogue: { importedAt: string; indexes: Map<string, ProductIndex> } = {
    importedAt: '',
    indexes: new Map(),
  };

  /** @param hosts reports in force. A handful of statements, for any number of hosts. */
  async lookUp(tx: Tx, hosts: ReadonlyMap<string, ReportedFacts>, at: string): Promise<LookedUp> {
    const stored = await tx.feeds.all();
    const named = [...hosts].map(([hostId, report]) => ({ hostId, ...report, names: hostInFeeds(report.facts) }));
    const products = new Set(named.flatMap(({ names }) => names.product ?? []));
    const indexes = await this.indexes(tx, stored, [...products]);
    const looked = named.map(({ remembered, ...host }) => {
      const { product } = host.names;
      const index = indexes.get(product ?? '');
      const inCatalogue = { product, index: index === undefined || index.isEmpty ? null : index };
      return { ...host, exposure: updateExposure(host.facts, remembered, inCatalogue) };
    });
    const fetched = await fetch(tx, stored, looked, at);
    return {
      views: new Map(looked.map((host) => [host.hostId, viewOf(host, fetched)])),
      keys: looked.map((host) => ({ hostId: host.hostId, keys: keysOf(host) })),
    };
  }

  /** Catalogues of these products, kept until another one is imported. */
  private async indexes(
    tx: Tx,
    stored: readonly StoredFeed[],
    products: readonly string[],
  ): Promise<ReadonlyMap<string, ProductIndex>> {
    const importedAt = stored.find(({ kind }) => kind === 'kb-catalogue')?.importedAt ?? '';
    if (importedAt === '') return new Map();
    if (this.catalogue.importedAt !== importedAt) this.catalogue = { importedAt, indexes: new Map() };
    const { indexes } = this.catalogue;
    for (const product of products) {
      if (indexes.has(product)) continue;
      const index = new ProductIndex();
      for await (const page of tx.feeds.bodiesBelow('kb-catalogue', Bulletin, bulletinKey(product, '')))
        index.add(page);
      indexes.set(product, index);
    }
    return indexes;
  }
}

async function fetch(tx: Tx, stored: readonly StoredFeed[], hosts: readonly Host[], at: string): Promise<Fetched> {
  const veeam = await tableInForce(tx, 'veeam-builds', stored);
  const esxi = await tableInForce(tx, 'esxi-builds', stored);
  const fixed = [...veeam.fixes, ...esxi.fixes].map(({ cve }) => cve);
  const cves = hosts.flatMap(({ exposure }) => ('value' in exposure.cves ? exposure.cves.value : []));
  const critical = new Set(hosts.flatMap(({ exposure }) => exposure.criticalCves));
  const has = (kind: StoredFeed['kind']): boolean => stored.some((feed) => feed.kind === kind);
  const releases = [...new Set(hosts.flatMap(({ names }) => names.release ?? [])), ...endsOfEsxi.keys];
  return {
    stored,
    at,
    veeam,
    esxi,
    kev: has('kev') ? await tx.feeds.bodies('kev', KevEntry, [...new Set([...cves, ...fixed])]) : new Map(),
    epss: has('epss') ? await tx.feeds.bodies('epss', EpssEntry, [...critical]) : new Map(),
    support: has('end-of-support') ? await tx.feeds.bodies('end-of-support', SupportEntry, releases) : new Map(),
  };
}

function keysOf({ facts, names, exposure }: Host): string[] {
  const cves = 'value' in exposure.cves ? exposure.cves.value : [];
  return [
    ...cves,
    ...exposure.criticalCves.map((cve) => `${likelihoodPrefix}${cve}`),
    ...exposure.keys,
    ...(mayBeBackupServer(facts) ? [backupServerKey] : []),
    ...(names.release === null ? [] : [names.release]),
  ];
}

function viewOf({ names, exposure }: Host, fetched: Fetched): FeedView {
  return {
    cves: cvesOf(exposure, fetched),
    epss: epssOf(exposure, fetched),
    catalogue: catalogueOf(exposure, fetched),
    cvesOfUpdates: exposure.cvesOfUpdates,
    extendedSupportEnd: supportOf(names.release, fetched),
    productBuilds: { value: buildsOf(fetched.veeam, fetched) },
    esxiBuilds: { value: buildsOf(fetched.esxi, fetched) },
    esxiSupportEnds: { value: endsOfEsxi.of(fetched) },
  };
}

const asOfKind = ({ stored }: Fetched, kind: StoredFeed['kind']): string | undefined =>
  stored.find((feed) => feed.kind === kind)?.asOf;

/** An absent catalogue of exploited CVEs says nothing at all. */
function cvesOf({ cves }: UpdateExposure, fetched: Fetched): FeedView['cves'] {
  const asOf = asOfKind(fetched, 'kev');
  if ('unknown' in cves) return cves;
  if (asOf === undefined) return { unknown: 'not_collected' };
  const byId = cves.value.flatMap((cve) => {
    const entry = fetched.kev.get(cve);
    return entry === undefined ? [] : [[cve, { exploited: wordOf(entry) }] as const];
  });
  return { value: { asOf, byId: Object.fromEntries(byId) } };
}

function epssOf({ criticalCves }: UpdateExposure, fetched: Fetched): FeedView['epss'] {
  const asOf = asOfKind(fetched, 'epss');
  if (asOf === undefined) return { unknown: 'not_collected' };
  const byId = criticalCves.flatMap((cve) => {
    const entry = fetched.epss.get(cve);
    return entry === undefined ? [] : [[cve, entry.epss] as const];
  });
  return { value: { asOf, byId: Object.fromEntries(byId) } };
}

function catalogueOf({ catalogue }: UpdateExposure, fetched: Fetched): FeedView['catalogue'] {
  const asOf = asOfKind(fetched, 'kb-catalogue');
  if ('unknown' in catalogue) return catalogue;
  return asOf === undefined ? { unknown: 'not_collected' } : { value: { asOf, ...catalogue.value } };
}

const wordOf = ({ isRansomware }: KevEntry): 'listed' | 'ransomware' => (isRansomware ? 'ransomware' : 'listed');

/** The table in force, and what the imported catalogue of exploited CVEs has learnt since. */
const buildsOf = ({ asOf, fixes, clean, hopeless }: FixedBuildTable, { kev }: Fetched): FixedBuilds => ({
  asOf,
  clean,
  hopeless,
  fixes: fixes.map((fix) => {
    const entry = kev.get(fix.cve);
    return entry === undefined ? fix : { ...fix, exploited: wordOf(entry) };
  }),
});
