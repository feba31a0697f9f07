import type { HostFacts } from '@lunwarden/contract';
import {
  EpssEntry,
  esxiBuilds,
  type FixedBuildTable,
  KevEntry,
  ProductBulletins,
  ProductIndex,
  SupportEntry,
  veeamBuilds,
} from '@lunwarden/feeds';
import type { FeedView, FixedBuilds } from '@lunwarden/risk';
import type { KeysOfHost, StoredFeed, Tx } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';

import { backupServerKey, type HostInFeeds, hostInFeeds, mayBeBackupServer } from './host-keys.js';
import { endsOfEsxi, supportOf } from './host-support.js';
import { type UpdateExposure, updateExposure } from './update-exposure.js';

type Host = { hostId: string; facts: HostFacts; names: HostInFeeds; exposure: UpdateExposure };
type Kev = ReadonlyMap<string, KevEntry>;
type Epss = ReadonlyMap<string, EpssEntry>;
type Fetched = {
  stored: readonly StoredFeed[];
  kev: Kev;
  epss: Epss;
  support: ReadonlyMap<string, SupportEntry>;
  at: string;
};

const fixedCves = [...new Set([...veeamBuilds.fixes, ...esxiBuilds.fixes].map(({ cve }) => cve))];

/** What the feeds say of each host, and by which keys an import finds it again. */
export type LookedUp = { views: ReadonlyMap<string, FeedView>; keys: readonly KeysOfHost[] };

/** Looks up what the feeds say of hosts. */
@Injectable()
export class HostFeeds {
  private catalogue: { importedAt: string; indexes: Map<string, ProductIndex | null> } = {
    importedAt: '',
    indexes: new Map(),
  };

  /** @param hosts facts of the report in force of each host. Four statements at most, for any number of hosts. */
  async lookUp(tx: Tx, hosts: ReadonlyMap<string, HostFacts>, at: string): Promise<LookedUp> {
    const stored = await tx.feeds.all();
    const named = [...hosts].map(([hostId, facts]) => ({ hostId, facts, names: hostInFeeds(facts) }));
    const indexes = await this.indexes(
      tx,
      stored,
      named.map(({ names }) => names.product),
    );
    const looked = named.map((host) => ({
      ...host,
      exposure: updateExposure(host.facts, indexes.get(host.names.product ?? '') ?? undefined),
    }));
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
    products: readonly (string | null)[],
  ): Promise<ReadonlyMap<string, ProductIndex | null>> {
    const importedAt = stored.find(({ kind }) => kind === 'kb-catalogue')?.importedAt ?? '';
    if (importedAt === '') return new Map();
    if (this.catalogue.importedAt !== importedAt) this.catalogue = { importedAt, indexes: new Map() };
    const { indexes } = this.catalogue;
    const missing = [...new Set(products)].filter((product) => product !== null && !indexes.has(product));
    const names = missing.filter((product) => product !== null);
    const bodies = await tx.feeds.bodies('kb-catalogue', ProductBulletins, names);
    for (const name of names) {
      const body = bodies.get(name);
      indexes.set(name, body === undefined ? null : new ProductIndex(body));
    }
    return indexes;
  }
}

async function fetch(tx: Tx, stored: readonly StoredFeed[], hosts: readonly Host[], at: string): Promise<Fetched> {
  const cves = hosts.flatMap(({ exposure }) => ('value' in exposure.cves ? exposure.cves.value : []));
  const wanted = [...new Set([...cves, ...fixedCves])];
  const has = (kind: StoredFeed['kind']): boolean => stored.some((feed) => feed.kind === kind);
  const releases = [...new Set(hosts.flatMap(({ names }) => names.release ?? [])), ...endsOfEsxi.keys];
  return {
    stored,
    at,
    kev: has('kev') ? await tx.feeds.bodies('kev', KevEntry, wanted) : new Map(),
    epss: has('epss') ? await tx.feeds.bodies('epss', EpssEntry, cves) : new Map(),
    support: has('end-of-support') ? await tx.feeds.bodies('end-of-support', SupportEntry, releases) : new Map(),
  };
}

function keysOf({ facts, names, exposure }: Host): string[] {
  const cves = 'value' in exposure.cves ? exposure.cves.value : [];
  const server = mayBeBackupServer(facts) ? [backupServerKey] : [];
  return [...cves, ...server, ...[names.product, names.release].filter((name) => name !== null)];
}

function viewOf({ names, exposure }: Host, fetched: Fetched): FeedView {
  return {
    cves: cvesOf(exposure, fetched),
    epss: epssOf(exposure, fetched),
    catalogue: { unknown: 'not_collected' },
    cvesOfUpdates: exposure.cvesOfUpdates,
    extendedSupportEnd: supportOf(names.release, fetched),
    productBuilds: { value: buildsOf(veeamBuilds, fetched) },
    esxiBuilds: { value: buildsOf(esxiBuilds, fetched) },
    esxiSupportEnds: { value: endsOfEsxi.of(fetched) },
  };
}

/** As old as the oldest feed that had a say in it. An absent catalogue of exploited CVEs says nothing at all. */
function cvesOf(exposure: UpdateExposure, { stored, kev }: Fetched): FeedView['cves'] {
  const dates = stored.filter(({ kind }) => kind === 'kev' || (kind === 'kb-catalogue' && exposure.leansOnCatalogue));
  const asOf = dates.map((feed) => feed.asOf).toSorted()[0];
  if ('unknown' in exposure.cves) return exposure.cves;
  if (asOf === undefined || !stored.some(({ kind }) => kind === 'kev')) return { unknown: 'not_collected' };
  const byId = Object.fromEntries(
    exposure.cves.value.flatMap((cve) => {
      const entry = kev.get(cve);
      return entry === undefined ? [] : [[cve, { exploited: entry.isRansomware ? 'ransomware' : 'listed' } as const]];
    }),
  );
  return { value: { asOf, byId } };
}

function epssOf(exposure: UpdateExposure, { stored, epss }: Fetched): FeedView['epss'] {
  const feed = stored.find(({ kind }) => kind === 'epss');
  if ('unknown' in exposure.cves) return exposure.cves;
  if (feed === undefined) return { unknown: 'not_collected' };
  const known = exposure.cves.value.flatMap((cve) => {
    const entry = epss.get(cve);
    return entry === undefined ? [] : [[cve, entry.epss] as const];
  });
  return { value: { asOf: feed.asOf, byId: Object.fromEntries(known) } };
}

type Exploited = 'none' | 'listed' | 'ransomware';

function exploitedOf(entry: KevEntry | undefined, bundled: Exploited): Exploited {
  if (entry === undefined) return bundled;
  return entry.isRansomware ? 'ransomware' : 'listed';
}

/** The bundled table, and what the imported catalogue of exploited CVEs has learnt since. */
const buildsOf = ({ asOf, fixes }: FixedBuildTable, { kev }: Fetched): FixedBuilds => ({
  asOf,
  fixes: fixes.map((fix) => ({ ...fix, exploited: exploitedOf(kev.get(fix.cve), fix.exploited) })),
});
