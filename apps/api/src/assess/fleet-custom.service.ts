import { type GuardCount, peersOf } from '@lunwarden/risk';
import { Store } from '@lunwarden/store';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { policyOf } from '../policy/standing-policy.js';

/** The count is of the whole fleet: now and then is often enough for what most hosts have in common. */
const countEveryMs = 20_000;

/** Counts how the guards of the fleet are set. Hosts for which "most others" has turned are judged again, and no others. */
@Injectable()
export class FleetCustom {
  private countedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  async look(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - this.countedAt < countEveryMs) return;
    await this.store.inTransaction(async (tx) => {
      const { freshness } = await policyOf(tx);
      const since = new Date(now.getTime() - freshness.hostStateMs).toISOString();
      const before = await tx.custom.read();
      const counts = await tx.custom.count(since);
      await tx.custom.save({ counts, countedAt: now.toISOString() });
      const turned: string[] = [];
      for (const guards of turnedFor(before?.counts ?? null, counts))
        turned.push(...(await tx.custom.hostsSet(guards)));
      await tx.owed.ask(turned);
    });
    this.countedAt = now.getTime();
  }
}

/** Settings of hosts for which the two counts do not say the same of the others. */
function turnedFor(before: readonly GuardCount[] | null, after: readonly GuardCount[]): GuardCount[] {
  return after.filter((own) => {
    const [then, now] = [before === null ? undefined : peersOf(before, own), peersOf(after, own)];
    return then?.sanPolicy !== now?.sanPolicy || then?.automount !== now?.automount || isFew(then) !== isFew(now);
  });
}

const isFew = (peers: ReturnType<typeof peersOf>): boolean | undefined =>
  peers === undefined ? undefined : peers.count < 3;
