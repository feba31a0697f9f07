import { randomOf } from '../random.js';
import { daysBefore } from '../story/facts.js';
import { type Flaw, type FlawGround, flawFits, flawHands } from './flaw.js';
import { presentedLuns, type SampleHost } from './sample-host.js';

/** Guards are touched where there is something to guard. */
const flawedPercent = { withLuns: 46, withoutLuns: 20 };

/** Deals the hands in turn to about a quarter of the proxies; the rest stay well kept. */
export function dealFlaws(hosts: readonly SampleHost[], seed: number, seedHost: string): SampleHost[] {
  const waiting = [...flawHands];
  return hosts.map((host) => {
    if (host.hostname === seedHost) return sprungSeed(host);
    const random = randomOf(seed, 'flaws', host.hostname);
    if (random.chance(2)) return { ...host, isSilent: true };
    if (!random.chance(groundOf(host).seesLuns ? flawedPercent.withLuns : flawedPercent.withoutLuns)) return host;
    const at = waiting.findIndex((hand) => fits(host, hand));
    const hand = waiting.splice(at, at < 0 ? 0 : 1)[0];
    if (waiting.length === 0) waiting.push(...flawHands);
    return hand === undefined ? host : withFlaws(host, hand);
  });
}

/** The story's proxy before anybody followed the blog: guards in place, Service Pack 1 refused, years of updates missing. */
function sprungSeed(host: SampleHost): SampleHost {
  return { ...withFlaws(host, ['trap-failed']), patchedAt: daysBefore(400, host.patchedAt), monthsBehind: 13 };
}

export const groundOf = (host: SampleHost): FlawGround => ({
  platform: host.system.platform,
  seesLuns: presentedLuns(host).length > 0,
  couldSeeLuns: host.zone.length > 0 && !host.machine.isVirtual,
});

export const fits = (host: SampleHost, hand: readonly Flaw[]): boolean =>
  hand.every((flaw) => flawFits(flaw, groundOf(host)) && !host.flaws.includes(flaw));

/** The host with these flaws too; being overdue moves its last update half a year back. */
export function withFlaws(host: SampleHost, hand: readonly Flaw[]): SampleHost {
  const isOverdue = hand.includes('patches-overdue');
  return {
    ...host,
    flaws: [...host.flaws, ...hand],
    ...(isOverdue ? { patchedAt: daysBefore(180, host.patchedAt), monthsBehind: 7 } : {}),
  };
}
