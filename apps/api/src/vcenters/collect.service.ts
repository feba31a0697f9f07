import { randomUUID } from 'node:crypto';
import { type MapLosses, mapHoldsMs, Text, type VcenterStatus } from '@lunwarden/contract';
import { type CollectionClaim, type MapAttempt, Store, type Tx } from '@lunwarden/store';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock.js';
import { admit } from './admission.js';
import { MapChanges } from './map-changes.js';
import { type Fetched, MapFetch } from './map-fetch.js';
import { nextDetails, nextTry } from './next-try.js';

type Run = { vcenterId: string; owner: string; claim: CollectionClaim; abort: AbortController };

/** After its owner died, a lease lasts at most this long. */
const leaseMs = 60_000;
const renewMs = 20_000;
/** vCenters read at the same time: each may bring 160 MB of XML. */
const maxRuns = 4;

/** Fetches maps: one run at a time for each vCenter, whatever the number of replicas. */
@Injectable()
export class CollectService implements BeforeApplicationShutdown {
  private readonly logger = new Logger('vcenters');
  private readonly runs = new Map<string, { ended: Promise<void>; abort: AbortController }>();

  constructor(
    private readonly store: Store,
    private readonly fetcher: MapFetch,
    private readonly mapChanges: MapChanges,
    private readonly clock: Clock,
  ) {}

  /** Begins what is due, as far as there is room. */
  async beginDue(): Promise<void> {
    for (const vcenterId of await this.store.read.collections.due()) await this.begin(vcenterId);
  }

  /** Begins in the background. @returns false if it is not due, somebody is at it, or there is no room. */
  async begin(vcenterId: string): Promise<boolean> {
    if (this.runs.size >= maxRuns || this.runs.has(vcenterId)) return false;
    const owner = randomUUID();
    const claim = await this.store.inTransaction(async (tx) => {
      const claimed = await tx.collections.claim(vcenterId, owner, leaseMs);
      if (claimed !== null) await this.publish(tx, vcenterId);
      return claimed;
    });
    if (claim === null) return false;
    const abort = new AbortController();
    const ended = this.run({ vcenterId, owner, claim, abort }).finally(() => this.runs.delete(vcenterId));
    this.runs.set(vcenterId, { ended, abort });
    return true;
  }

  /** Resolves when no run is under way in this process. */
  async settled(): Promise<void> {
    await Promise.all([...this.runs.values()].map(({ ended }) => ended));
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const { abort } of this.runs.values()) abort.abort();
    await this.settled();
  }

  private async run(run: Run): Promise<void> {
    const renewal = setInterval(() => void this.renew(run), renewMs);
    const startedAt = performance.now();
    try {
      const fetched = await this.fetcher.fetch(run.vcenterId, {
        withDetails: run.claim.withDetails,
        signal: run.abort.signal,
      });
      if (run.abort.signal.aborted) return await this.store.read.collections.release(run.vcenterId, run.owner);
      await this.record(run, fetched, Math.round(performance.now() - startedAt));
      await this.mapChanges.deliver();
    } catch (error) {
      this.logger.error({ err: error, vcenterId: run.vcenterId }, 'what a collection brought could not be stored');
    } finally {
      clearInterval(renewal);
    }
  }

  /** Whoever lost the lease stops: another one is at it, or the vCenter was removed. */
  private async renew({ vcenterId, owner, abort }: Run): Promise<void> {
    const isOurs = await this.store.read.collections.renew(vcenterId, owner, leaseMs).catch(() => true);
    if (!isOurs) abort.abort();
  }

  private record(run: Run, fetched: Fetched, durationMs: number): Promise<void> {
    const { vcenterId, owner, claim } = run;
    return this.store.inTransaction(async (tx) => {
      const held = await tx.collections.hold(vcenterId, owner);
      if (held === null) return;
      const result = await this.keep(tx, { vcenterId, fetched, confirmed: held.confirmed ?? {} });
      const attempt: MapAttempt = { startedAt: claim.startedAt, durationMs, ...result };
      const next = nextTry(attempt, claim.failures, Math.random());
      await tx.collections.finish(vcenterId, attempt, { ...next, ...nextDetails(attempt, claim.withDetails) });
      this.logger.log({ vcenterId, outcome: attempt.outcome, errorCode: attempt.errorCode, durationMs }, 'collected');
      await this.publish(tx, vcenterId);
    });
  }

  /** A map that may not be in force leaves the one before in force, and only its gaps are kept. */
  private async keep(
    tx: Tx,
    { vcenterId, fetched, confirmed }: { vcenterId: string; fetched: Fetched; confirmed: MapLosses },
  ): Promise<Omit<MapAttempt, 'startedAt' | 'durationMs'>> {
    const none = { counts: null, gaps: [], losses: null, errorCode: null, error: null };
    if (fetched.kind === 'failed') {
      await tx.maps.bump();
      return { ...none, outcome: 'failed', errorCode: fetched.code, error: tellable(fetched.message) };
    }
    const { counts, gaps } = fetched.map;
    const before = await tx.maps.inForce(vcenterId);
    const admission = admit(fetched.map, before, confirmed);
    if (admission.kind !== 'in-force') {
      await tx.maps.bump();
      const { code: errorCode, losses } = admission.kind === 'incomplete' ? { code: null, losses: null } : admission;
      return { counts, gaps, losses, errorCode, outcome: admission.kind, error: tellable(admission.reason) };
    }
    const wasDoubtful = await this.wasDoubtful(tx, vcenterId, before?.collectedAt ?? null, fetched.map.collectedAt);
    const { changedLunKeys, changedHostIds, concernsEveryone } = await tx.maps.replace(vcenterId, admission.map);
    await tx.mapChanges.note({
      vcenterId,
      kind: wasDoubtful || concernsEveryone ? 'first-map' : 'map',
      lunKeys: changedLunKeys,
      hostIds: changedHostIds,
    });
    return { ...none, counts, outcome: 'in-force' };
  }

  /**
   * True if the map before proved nothing any more, or the last attempt had failed: then hosts were judged without this
   * vCenter, whatever of its LUNs changed, and all of them are judged again as for a first map.
   */
  private async wasDoubtful(tx: Tx, vcenterId: string, before: string | null, now: string): Promise<boolean> {
    if (before === null || Date.parse(now) - Date.parse(before) > mapHoldsMs) return true;
    const status = await tx.vcenters.status(vcenterId);
    return status === null || status.gaps > 0 || status.lastError !== null;
  }

  /** Must be the last thing of the transaction. */
  private async publish(tx: Tx, vcenterId: string): Promise<void> {
    const vcenter: VcenterStatus | null = await tx.vcenters.status(vcenterId);
    if (vcenter !== null) await tx.changes.append([{ kind: 'vcenter', at: this.clock.iso(), vcenter }]);
  }
}

const Tellable = Text(500);
const tellable = (message: string): string => {
  const text = message.slice(0, 500);
  return Tellable.safeParse(text).success ? text : 'The vCenter failed with a message that cannot be shown.';
};
