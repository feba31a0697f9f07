import { fits, withFlaws } from './proxies/deal-flaws.js';
import type { Flaw } from './proxies/flaw.js';
import { hasFlaw, type SampleHost } from './proxies/sample-host.js';
import { type Random, randomOf } from './random.js';
import type { SampleFleet } from './sample-fleet.js';

/** A step lasts as long as the demo waits between two changes, so that dates made by steps are about right. */
const stepMs = 5000;
const patchDayEvery = 24;
const waveSize = 10;
/** However long the fleet lives, most of it stays well kept. */
const mostFlawed = 0.3;
/** The seed proxy lives its story over and over: what the blog says is done, found, and taken back. */
const storyEvery = 90;
const storyAt = { popularFix: 15, targetedFix: 45 };
const popularFix: readonly Flaw[] = ['automount-on', 'lun-online', 'needs-reboot'];

/** What people do to a guard, most frequent first; the rest of the flaws is not made in a day. */
const drifts: readonly [Flaw, ...Flaw[]] = [
  'needs-reboot',
  'automount-on',
  'lun-online',
  'lun-writable',
  'still-zoned',
  'stale-mounts',
  'online-all',
  'trap-failed',
  'access-denied',
  'lvm-unguarded',
];

/**
 * The fleet one step on: usually one proxy gets worse or is repaired, now and then one falls silent or speaks again,
 * and every 24th step brings a wave of updates. Hosts that did not change are the same objects.
 */
export function evolve(fleet: SampleFleet, step = fleet.step + 1): SampleFleet {
  const random = randomOf(fleet.seed, 'step', step);
  const at = new Date(Date.parse(fleet.asOf) + step * stepMs).toISOString();
  const changed = changesOf(fleet, { step, at, random });
  return { ...fleet, step, hosts: fleet.hosts.map((host) => changed.get(host) ?? host) };
}

type Moment = { step: number; at: string; random: Random };
type Changes = ReadonlyMap<SampleHost, SampleHost>;

function changesOf(fleet: SampleFleet, { step, at, random }: Moment): Changes {
  if (step % storyEvery === storyAt.popularFix) return seedStory(fleet, popularFix);
  if (step % storyEvery === storyAt.targetedFix) return seedStory(fleet, []);
  if (step % patchDayEvery === 0) return releaseUpdates(fleet, random);
  if (step % patchDayEvery === patchDayEvery / 2) return installUpdates(fleet, at);
  if (step % 11 === 5) return toggleSilence(fleet, random);
  const flawed = fleet.hosts.filter((host) => host.flaws.length > 0).length;
  const isWorn = flawed > fleet.hosts.length * mostFlawed;
  return isWorn || step % 2 === 1 ? repair(fleet, { step, at, random }) : drift(fleet, random);
}

const only = (before: SampleHost | undefined, after: (host: SampleHost) => SampleHost): Changes =>
  new Map(before === undefined ? [] : [[before, after(before)]]);

const anyOf = <T>(random: Random, from: readonly T[]): T | undefined => from[random.between(0, from.length - 1)];

const seedStory = (fleet: SampleFleet, done: readonly Flaw[]): Changes =>
  only(
    fleet.hosts.find((host) => host.hostname === fleet.seedHost),
    (host) => ({ ...host, flaws: ['trap-failed', ...done] }),
  );

function drift(fleet: SampleFleet, random: Random): Changes {
  const flaw = random.pick(drifts);
  const open = fleet.hosts.filter((host) => !host.isSilent && host.hostname !== fleet.seedHost && fits(host, [flaw]));
  return only(anyOf(random, open), (host) => withFlaws(host, [flaw]));
}

/** Takes the newest flaw away. The seed proxy has a story of its own. */
function repair(fleet: SampleFleet, { at, random }: Moment): Changes {
  const open = fleet.hosts.filter(
    (host) => host.flaws.length > 0 && !host.isSilent && host.hostname !== fleet.seedHost,
  );
  return only(anyOf(random, open), (host) => {
    const healed = host.flaws.at(-1);
    const left = host.flaws.slice(0, -1);
    if (healed === 'patches-overdue') return { ...host, flaws: left, patchedAt: at, monthsBehind: 0 };
    return { ...host, flaws: left, boots: host.boots + (healed === 'needs-reboot' ? 1 : 0) };
  });
}

/** Keeps two to six proxies silent. */
function toggleSilence(fleet: SampleFleet, random: Random): Changes {
  const silent = fleet.hosts.filter((host) => host.isSilent);
  const returns = silent.length > 5 || (silent.length > 2 && random.chance(50));
  if (returns) return only(anyOf(random, silent), (host) => ({ ...host, isSilent: false }));
  const loud = fleet.hosts.filter((host) => !host.isSilent && host.hostname !== fleet.seedHost);
  return only(anyOf(random, loud), (host) => ({ ...host, isSilent: true }));
}

/** Patch day: the month's update is offered to a wave of up-to-date proxies of one site. */
function releaseUpdates(fleet: SampleFleet, random: Random): Changes {
  const site = random.between(0, fleet.vcenters.length - 1);
  const open = fleet.hosts.filter((host) => host.vcenter === site && host.monthsBehind === 0 && !host.isSilent);
  return new Map(random.some(open, waveSize).map((host) => [host, { ...host, monthsBehind: 1 }]));
}

/** Half a cycle later the wave installs; one proxy in five waits for its reboot. */
function installUpdates(fleet: SampleFleet, at: string): Changes {
  const wave = fleet.hosts.filter((host) => host.monthsBehind === 1 && !host.isSilent);
  return new Map(
    wave.map((host, n) => {
      const patched = { ...host, monthsBehind: 0, patchedAt: at };
      const waits = n % 5 === 0 && !hasFlaw(host, 'needs-reboot');
      return [host, waits ? withFlaws(patched, ['needs-reboot']) : { ...patched, boots: host.boots + 1 }];
    }),
  );
}
