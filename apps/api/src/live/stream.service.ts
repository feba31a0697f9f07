import type { Change } from '@lunwarden/contract';
import { changeChannel, type Listener, listen, Store } from '@lunwarden/store';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { API_CONFIG, type ApiConfig } from '../config.js';

/** A NOTIFY can be lost with its connection, so the table is looked at from time to time anyway. */
const lookEveryMs = 2_000;
/** Changes of one reading; a larger backlog is told by `resync` and not change by change. */
const readAtMost = 5_000;

export type Backlog = { changes: Change[]; to: number } | 'too-many';

/** The numbered changes as this replica hears them: in order, without a hole, each once. */
@Injectable()
export class StreamService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(StreamService.name);
  private readonly hearers: ((backlog: Backlog, from: number) => void)[] = [];
  private listener: Listener | null = null;
  private timer: NodeJS.Timeout | undefined;
  private reading = false;
  private grown = false;
  private last = 0;

  constructor(
    private readonly store: Store,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  /** The last seq that hearers were told. */
  get seq(): number {
    return this.last;
  }

  onGrowth(hear: (backlog: Backlog, from: number) => void): void {
    this.hearers.push(hear);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.last = await this.store.read.changes.last();
    this.listener = await listen({
      url: this.config.databaseUrl,
      channels: [changeChannel],
      onEvent: () => this.look(),
    });
    this.timer = setInterval(() => this.look(), lookEveryMs);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.listener?.close();
  }

  /** What a client that last saw `seq` has missed. */
  async since(seq: number): Promise<Backlog> {
    if (seq > this.last) return 'too-many';
    const changes = await this.store.read.changes.since(seq, readAtMost);
    return isWhole(changes, seq) && changes.length < readAtMost
      ? { changes, to: changes.at(-1)?.seq ?? seq }
      : 'too-many';
  }

  private look(): void {
    this.grown = true;
    if (!this.reading) void this.readAll();
  }

  private async readAll(): Promise<void> {
    this.reading = true;
    try {
      while (this.grown) {
        this.grown = false;
        await this.readOnce();
      }
    } catch (error) {
      this.log.error({ err: error }, 'The change stream cannot be read; trying again');
    } finally {
      this.reading = false;
    }
  }

  private async readOnce(): Promise<void> {
    const from = this.last;
    const changes = await this.store.read.changes.since(from, readAtMost);
    const to = changes.at(-1)?.seq;
    if (to === undefined) return;
    const isUsable = isWhole(changes, from) && changes.length < readAtMost;
    this.last = isUsable ? to : await this.store.read.changes.last();
    for (const hear of this.hearers) hear(isUsable ? { changes, to } : 'too-many', from);
  }
}

/** Old changes are forgotten; what is left of them must not pass for all of them. */
const isWhole = (changes: readonly Change[], from: number): boolean =>
  changes.every((change, at) => change.seq === from + 1 + at);
