import type { ChangeWindowRequest } from '@lunwarden/contract';
import { hasFlaw, presentedLuns, type SampleFleet, type SampleHost } from '@lunwarden/sample-fleet';
import type { DemoState } from './demo-state.js';

const hour = 3_600_000;
/** The API takes no window that is over: the one that nobody checked afterwards ends when the demo has just begun. */
const lastSecondsMs = 10_000;

export type ChangeDoors = {
  planWindow(request: ChangeWindowRequest): Promise<void>;
  /** Asks a host for fresh facts before its window. */
  requestPreflight(hostId: string): Promise<void>;
};

type Planning = { fleet: SampleFleet; ids: DemoState['ids']; doors: ChangeDoors; now: number };

/**
 * The changes of the demo: a window that is near, for a proxy whose guards are weak and which is asked for a pre-flight,
 * and one that ends at once, for a proxy that went silent and never said how it came out.
 * @returns until when there is a window to look forward to, ISO, and the proxy that was asked; null = the fleet has none such
 */
export async function planChanges({ fleet, ids, doors, now }: Planning) {
  const at = (ms: number): string => new Date(now + ms).toISOString();
  const weak = fleet.hosts.find((host) => isWeak(host) && ids[host.hostname] !== undefined);
  const silent = fleet.hosts.find((host) => host.isSilent && ids[host.hostname] !== undefined);
  // People plan by the hour; what ends at once cannot.
  const startsAt = Math.ceil(now / hour) * hour + hour - now;
  const upTo = at(startsAt + 4 * hour);
  await plan(silent, { name: 'Monthly updates, first ring', startsAt: at(-4 * hour), endsAt: at(lastSecondsMs) });
  await plan(weak, { name: 'Monthly updates, second ring', startsAt: at(startsAt), endsAt: upTo });
  const hostId = weak === undefined ? undefined : ids[weak.hostname];
  if (hostId !== undefined) await doors.requestPreflight(hostId);
  return { upTo, asked: weak?.hostname ?? null };

  async function plan(
    host: SampleHost | undefined,
    window: Pick<ChangeWindowRequest, 'name' | 'startsAt' | 'endsAt'>,
  ): Promise<void> {
    const id = host === undefined ? undefined : ids[host.hostname];
    if (id !== undefined) await doors.planWindow({ ...window, timeZone: 'UTC', hostIds: [id] });
  }
}

/** A guard is off beside LUNs that a write could reach. */
const isWeak = (host: SampleHost): boolean =>
  !host.isSilent &&
  presentedLuns(host).length > 0 &&
  (hasFlaw(host, 'lun-online') || hasFlaw(host, 'automount-on') || hasFlaw(host, 'lun-writable'));
