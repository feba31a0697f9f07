import { randomBytes, randomUUID } from 'node:crypto';
import type { Preflight, ReportReceipt } from '@lunwarden/contract';
import { preflightMs } from '@lunwarden/risk';
import { Store, type StoredPreflight } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Refusal } from '../http/refusal.js';
import { shownPreflight } from './shown.js';

/** Requests are few and reports are many: all replicas read the open ones this often, and not once a report. */
const lookEveryMs = 2_000;
/** Somebody waits for the answer. */
const nextReportInMs = 30_000;

type Arrived = { hostId: string; nonce: string | undefined; ageMs: number | null; at: Date };

/** Hands requests for fresh facts out with receipts, and takes the answers in (R12). */
@Injectable()
export class PreflightDesk {
  private waiting: ReadonlyMap<string, string> = new Map();
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | null = null;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal not_found */
  async request(hostId: string, by: string): Promise<Preflight> {
    const requested: StoredPreflight = {
      hostId,
      requestedAt: this.clock.iso(),
      requestedBy: by,
      answeredAt: null,
      observedAt: null,
    };
    const nonce = randomBytes(24).toString('base64url');
    await this.store.inTransaction(async (tx) => {
      if (!(await tx.fleet.hosts([hostId])).has(hostId))
        throw new Refusal('not_found', 'There is no such host, or it was retired.');
      await tx.preflights.add({ id: randomUUID(), hostId, nonce, at: requested.requestedAt, by });
    });
    this.lookedAt = Number.NEGATIVE_INFINITY;
    return shownPreflight(requested, this.clock.now());
  }

  /**
   * The receipt of a report with the nonce that somebody waits for. A nonce that came back is an answer if the facts
   * were observed after the request; `at` is when the report began to arrive, which makes them older rather than newer.
   */
  async receipt(arrived: Arrived, receipt: ReportReceipt): Promise<ReportReceipt> {
    const { hostId, nonce, ageMs, at } = arrived;
    const isInForce = receipt.result === 'accepted' || receipt.result === 'unchanged';
    if (nonce !== undefined && ageMs !== null && isInForce) {
      const observedAt = new Date(at.getTime() - ageMs).toISOString();
      const answer = { hostId, nonce, answeredAt: at.toISOString(), observedAt };
      if (await this.answered(answer)) {
        this.lookedAt = Number.NEGATIVE_INFINITY;
        return receipt;
      }
    }
    await this.look();
    const asked = this.waiting.get(hostId);
    if (asked === undefined) return receipt;
    return { ...receipt, nonce: asked, nextReportInMs: Math.min(receipt.nextReportInMs, nextReportInMs) };
  }

  private answered(answer: {
    hostId: string;
    nonce: string;
    answeredAt: string;
    observedAt: string;
  }): Promise<boolean> {
    return this.store.inTransaction(async (tx) => {
      const isAnswer = await tx.preflights.answer(answer);
      if (isAnswer) await tx.owed.ask([answer.hostId]);
      return isAnswer;
    });
  }

  private async look(): Promise<void> {
    // The process clock: tests let hours pass on the other one.
    if (performance.now() - this.lookedAt < lookEveryMs) return;
    this.looking ??= this.read().finally(() => {
      this.looking = null;
    });
    await this.looking;
  }

  private async read(): Promise<void> {
    this.lookedAt = performance.now();
    const since = new Date(this.clock.now().getTime() - preflightMs).toISOString();
    this.waiting = await this.store.read.preflights.waiting(since);
  }
}
