import { createHash } from 'node:crypto';
import type { FeedImport, FeedStatus, ImportableFeed } from '@lunwarden/contract';
import { ageProblem, esxiBuilds, type ParsedFeed, ttlDays, veeamBuilds } from '@lunwarden/feeds';
import { Store, type StoredFeed, type Tx } from '@lunwarden/store';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ReassessService } from '../assess/reassess.service.js';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import { statusesOf } from './feed-status.js';
import { inflated } from './feed-upload.js';
import { backupServerKey } from './host-keys.js';
import { type FeedQuery, readFeed } from './read-feed.js';

type Brought = { kind: ImportableFeed; feed: ParsedFeed<unknown>; sha256: Uint8Array; at: string; scope: string };
type Kept = { result: FeedImport['result']; changed: number; hosts: readonly string[] | 'all'; affected: number };

/** Feeds come in from files, and whoever they concern is judged again. */
@Injectable()
export class FeedsService implements OnApplicationShutdown {
  private readonly log = new Logger(FeedsService.name);
  private isBusy = false;
  private judging: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly reassess: ReassessService,
    private readonly clock: Clock,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.judging;
  }

  async list(): Promise<FeedStatus[]> {
    return statusesOf(await this.store.read.feeds.all(), this.clock.iso());
  }

  /**
   * Reads a file (plain or gzip) and makes it the whole of what its feed says. An older file is not kept, and neither is
   * one that has lost most of what was known: it was cut short.
   * @throws Refusal too_large | malformed_body | invalid_input | unavailable (one file at a time, to bound the memory)
   */
  async import(kind: ImportableFeed, open: () => Promise<Buffer>, query: FeedQuery): Promise<FeedImport> {
    if (this.isBusy) throw new Refusal('unavailable', 'Another feed is being read: try again in a moment.', 5);
    this.isBusy = true;
    try {
      const bytes = await inflated(await open());
      const at = this.clock.iso();
      const feed = await readFeed(bytes, { ...query, kind, now: at });
      const sha256 = createHash('sha256').update(bytes).digest();
      const scope = kind === 'end-of-support' ? (feed.entries[0]?.key.split('/', 1)[0] ?? '') : '';
      const kept = await this.store.inTransaction((tx) => keep(tx, { kind, feed, sha256, at, scope }));
      if (kept.affected > 0) this.judgeAgain(kept.hosts);
      return {
        kind,
        result: kept.result,
        asOf: feed.asOf,
        entries: feed.entries.length,
        ignored: feed.ignored,
        changedEntries: kept.changed,
        affectedHosts: kept.affected,
      };
    } finally {
      this.isBusy = false;
    }
  }

  /** Resolves when everybody whom an import concerned was judged again. */
  settled(): Promise<void> {
    return this.judging;
  }

  /** Nobody waits for it: the verdicts were let run out with the import, so that the sweep makes them if this fails. */
  private judgeAgain(hosts: readonly string[] | 'all'): void {
    this.judging = this.judging
      .then(() => (hosts === 'all' ? this.reassess.everyone() : this.reassess.hosts(hosts)))
      .catch((error: unknown) => this.log.error({ err: error }, 'Judging after a feed failed; the sweep does it'));
  }
}

async function keep(tx: Tx, { kind, feed, sha256, at, scope }: Brought): Promise<Kept> {
  await tx.feeds.lock(kind);
  const before = (await tx.feeds.all()).find((one) => one.kind === kind && one.scope === scope);
  const nothing = { changed: 0, hosts: [], affected: 0 };
  if (before !== undefined) {
    if (Buffer.compare(before.sha256, sha256) === 0 && before.asOf === feed.asOf)
      return { result: 'unchanged', ...nothing };
    if (before.asOf > feed.asOf) return { result: 'older', ...nothing };
    refuseShrunken(before, feed);
  }
  const changed = await tx.feeds.replaceEntries({ kind, scope }, feed.entries);
  await tx.feeds.save({ kind, scope, asOf: feed.asOf, importedAt: at, entries: feed.entries.length, sha256 });
  const hosts = await concerned(tx, { kind, scope, before, at });
  if (hosts !== 'all') await tx.feedKeys.letRunOut(hosts);
  const affected = hosts === 'all' ? await tx.feedKeys.letAllRunOut() : hosts.length;
  return { result: 'imported', changed, hosts, affected };
}

function refuseShrunken(before: StoredFeed, { entries }: ParsedFeed<unknown>): void {
  if (entries.length * 2 >= before.entries) return;
  throw new Refusal(
    'invalid_input',
    `The file has ${entries.length} entries where ${before.entries} were known: it was cut short, fetch it again.`,
  );
}

const esxiCves = [...new Set(esxiBuilds.fixes.map(({ cve }) => cve))];
const veeamCves = [...new Set(veeamBuilds.fixes.map(({ cve }) => cve))];

type Concern = { kind: ImportableFeed; scope: string; before: StoredFeed | undefined; at: string };

/** What no feed could tell, one tells now; and any host may lie behind an ESXi host that is concerned. */
async function concerned(tx: Tx, { kind, scope, before, at }: Concern): Promise<readonly string[] | 'all'> {
  if (before === undefined || ageProblem(before.asOf, ttlDays[kind], at) !== null) return 'all';
  if (scope === 'vmware-esxi') return 'all';
  if (kind !== 'kev') return tx.feedKeys.hostsOnChanged();
  if ((await tx.feeds.changedAmong(esxiCves)).length > 0) return 'all';
  const isAboutServers = (await tx.feeds.changedAmong(veeamCves)).length > 0;
  return tx.feedKeys.hostsOnChanged(isAboutServers ? [backupServerKey] : []);
}
