import type { ReportReceipt } from '@lunwarden/contract';
import { Store } from '@lunwarden/store';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import type { DecodedReport } from './decode-report.js';
import { type Accepted, type ArrivedReport, ReportBatch } from './report-batch.js';

type Waiting = { item: ArrivedReport; resolve: (accepted: Accepted) => void; reject: (error: unknown) => void };

/** One transaction takes at most this many reports; more only lengthens the wait of the first. */
const batchSize = 64;
/** Batches under way at once; each holds one connection. */
const parallelBatches = 3;
/** A batch costs the same statements for one report as for many: beside another one only a large batch starts. */
const largeBatch = 32;
/** Beyond this a caller is told to come again rather than left to wait. */
const maxWaiting = 1_024;
/** One host cannot take the places of the others. */
const maxWaitingOfHost = 8;

/**
 * Takes reports in. Those that wait while a transaction runs share the next one: one commit, one NOTIFY, one batch of
 * numbers for all of them. A promise resolves after COMMIT and never before.
 */
@Injectable()
export class IntakeService implements BeforeApplicationShutdown {
  private readonly waiting: Waiting[] = [];
  private readonly hostsUnderWay = new Set<string>();
  private batches = 0;
  private isStopping = false;
  private whenIdle: (() => void)[] = [];

  constructor(
    private readonly store: Store,
    private readonly batch: ReportBatch,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal conflict | unavailable */
  async accept(hostId: string, report: DecodedReport): Promise<ReportReceipt> {
    const { reportId, ageMs } = report.head;
    const receivedAt = this.clock.now();
    const observedAt = ageMs === null ? null : new Date(receivedAt.getTime() - ageMs).toISOString();
    const outcome = await this.enqueue({ ...report, hostId, observedAt, receivedAt: receivedAt.toISOString() });
    if (outcome === 'conflicting')
      throw new Refusal(
        'conflict',
        'This reportId was used before for another content: make a new one for each report.',
      );
    return { reportId, result: outcome, nextReportInMs: nextReportInMs() };
  }

  /** Takes nothing more in, and waits for what is under way: the database is closed after this. */
  async beforeApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.waiting.length > 0 || this.batches > 0)
      await new Promise<void>((resolve) => {
        this.whenIdle.push(resolve);
      });
  }

  private enqueue(item: ArrivedReport): Promise<Accepted> {
    if (this.isStopping) throw new Refusal('unavailable', 'The server is stopping; send this report again.', 5);
    if (this.waiting.filter((waiting) => waiting.item.hostId === item.hostId).length >= maxWaitingOfHost)
      throw new Refusal('too_many_requests', 'Reports of this host are waiting; send them one after the other.', 5);
    if (this.waiting.length >= maxWaiting)
      throw new Refusal('unavailable', 'Too many reports are waiting; keep this one and send it again.', 5);
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      // The rest of this turn of the event loop may bring more reports for the same transaction.
      setImmediate(() => this.pump());
    });
  }

  private pump(): void {
    while (this.batches === 0 || (this.batches < parallelBatches && this.waiting.length >= largeBatch)) {
      const batch = this.take();
      if (batch.length === 0) return;
      this.batches++;
      void this.run(batch);
    }
  }

  /** The oldest reports, one a host: two of one host are taken one after the other. */
  private take(): Waiting[] {
    const batch: Waiting[] = [];
    for (let at = 0; at < this.waiting.length && batch.length < batchSize; ) {
      const next = this.waiting[at];
      if (next === undefined || this.hostsUnderWay.has(next.item.hostId)) at++;
      else {
        this.hostsUnderWay.add(next.item.hostId);
        batch.push(next);
        this.waiting.splice(at, 1);
      }
    }
    return batch;
  }

  /** What one report breaks is no other's loss: a batch that fails is taken again report by report. */
  private async settle(batch: readonly Waiting[]): Promise<void> {
    try {
      const accepted = await this.batch.accept(
        this.store,
        batch.map((waiting) => waiting.item),
      );
      for (const { item, resolve } of batch) resolve(accepted.get(item.hostId) ?? 'late');
    } catch (error) {
      const [first, ...others] = batch;
      if (first === undefined) return;
      if (others.length === 0) first.reject(error);
      else for (const waiting of batch) await this.settle([waiting]);
    }
  }

  private async run(batch: Waiting[]): Promise<void> {
    try {
      await this.settle(batch);
    } finally {
      for (const { item } of batch) this.hostsUnderWay.delete(item.hostId);
      this.batches--;
      this.pump();
      if (this.batches === 0 && this.waiting.length === 0) for (const resolve of this.whenIdle.splice(0)) resolve();
    }
  }
}

/** Three reports fit into the quarter of an hour after which a host is called silent; an unchanged one costs next to nothing. */
const reportEveryMs = 5 * 60_000;

/** Give or take a fifth, so that a fleet that was switched on at once does not report at once for ever. */
const nextReportInMs = (): number => Math.round(reportEveryMs * (0.8 + 0.4 * Math.random()));
