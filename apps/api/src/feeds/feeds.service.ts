import type { FeedImport, FeedStatus, ImportableFeed } from '@lunwarden/contract';
import type { ParsedFeed } from '@lunwarden/feeds';
import { Store, type Tx } from '@lunwarden/store';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ReassessService } from '../assess/reassess.service.js';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import type { IncomingFile } from '../http/upload.js';
import { concerned, type Hosts } from './concerned.js';
import { type Importing, statusesOf } from './feed-status.js';
import { bundledRows } from './fixed-tables.js';
import { type FeedQuery, type ReadFile, readFeed } from './read-feed.js';

type Brought = ReadFile & { kind: ImportableFeed; at: string; scope: string; onSent: (entries: number) => void };
type Kept = { result: FeedImport['result']; changed: number; hosts: Hosts; affected: number };

/** Feeds come in from files, and whoever they concern is judged again. */
@Injectable()
export class FeedsService implements OnApplicationShutdown {
  private readonly log = new Logger(FeedsService.name);
  private importing: Importing = null;
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
    return statusesOf(await this.store.read.feeds.all(), this.clock.iso(), this.importing);
  }

  /**
   * Reads a file (plain or gzip) and makes it the whole of what its feed says. An older file is not kept, and neither is
   * one that has lost most of what was known: it was cut short.
   * @throws Refusal too_large | malformed_body | invalid_input | unavailable (one file at a time, to bound the memory)
   */
  async import(kind: ImportableFeed, { content, bytes }: IncomingFile, query: FeedQuery): Promise<FeedImport> {
    if (this.importing !== null)
      throw new Refusal('unavailable', 'Another feed is being read: try again in a moment.', 5);
    const progress = { phase: 'reading' as 'reading' | 'writing', bytes: 0, totalBytes: bytes, entries: 0 };
    this.importing = { kind, progress };
    try {
      const at = this.clock.iso();
      const file = await readFeed(content, { ...query, kind, now: at }, (read) => {
        progress.bytes = read;
      });
      progress.phase = 'writing';
      const onSent = (entries: number): void => {
        progress.entries = entries;
      };
      const scope = kind === 'end-of-support' ? scopeOf(file.feed) : '';
      const kept = await this.store.inTransaction((tx) => keep(tx, { ...file, kind, at, scope, onSent }));
      if (kept.affected > 0) this.judgeAgain(kept.hosts);
      return answerOf(kind, file.feed, kept);
    } finally {
      this.importing = null;
    }
  }

  /** Resolves when everybody whom an import concerned was judged again. */
  settled(): Promise<void> {
    return this.judging;
  }

  /** Nobody waits for it: the verdicts were let run out with the import, so that the sweep makes them if this fails. */
  private judgeAgain(hosts: Hosts): void {
    this.judging = this.judging
      .then(() => (hosts === 'all' ? this.reassess.everyone() : this.reassess.hosts(hosts)))
      .catch((error: unknown) => this.log.error({ err: error }, 'Judging after a feed failed; the sweep does it'));
  }
}

/** The product of a list of releases. */
function scopeOf({ entries }: ParsedFeed<unknown>): string {
  for (const { key } of entries) return key.split('/', 1)[0] ?? '';
  return '';
}

const answerOf = (kind: ImportableFeed, feed: ParsedFeed<unknown>, kept: Kept): FeedImport => ({
  kind,
  result: kept.result,
  asOf: feed.asOf,
  entries: feed.entries.length,
  ignored: feed.ignored,
  changedEntries: kept.changed,
  affectedHosts: kept.affected,
});

async function keep(tx: Tx, { kind, feed, sha256, at, scope, onSent }: Brought): Promise<Kept> {
  await tx.feeds.lock(kind);
  const before = (await tx.feeds.all()).find((one) => one.kind === kind && one.scope === scope);
  const nothing = { changed: 0, hosts: [], affected: 0 };
  if (before !== undefined) {
    if (Buffer.compare(before.sha256, sha256) === 0 && before.asOf === feed.asOf)
      return { result: 'unchanged', ...nothing };
    if (before.asOf > feed.asOf) return { result: 'older', ...nothing };
  }
  // What a table does not tell of counts as mended, so that the first import may not fall short of ours either.
  refuseShrunken(Math.max(before?.entries ?? 0, bundledRows(kind)), feed);
  const changed = await tx.feeds.replaceEntries({ kind, scope }, feed.entries, onSent);
  await tx.feeds.save({ kind, scope, asOf: feed.asOf, importedAt: at, entries: feed.entries.length, sha256 });
  // From here to the commit nobody judges: whoever judged by the old feed is seen, whoever comes reads the new one.
  await tx.feedKeys.takeFeeds();
  const hosts = await concerned(tx, { kind, scope, before, at });
  const affected = hosts.length === 0 ? 0 : await tx.feedKeys.letRunOut(hosts);
  return { result: 'imported', changed, hosts, affected };
}

function refuseShrunken(known: number, { entries }: ParsedFeed<unknown>): void {
  if (entries.length * 2 >= known) return;
  throw new Refusal(
    'invalid_input',
    `The file has ${entries.length} entries where ${known} were known: it was cut short, bring the whole of it.`,
  );
}
