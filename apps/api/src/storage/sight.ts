import type { HostSummary, LunState, StorageHost } from '@lunwarden/contract';
import type { SeenLunOfHost } from '@lunwarden/risk';

/** Worst first. What nobody knows is held to be worse than anything but a LUN that is open to writes. */
const order: readonly LunState[] = [
  'online-writable',
  'unknown',
  'offline-writable',
  'online-read-only',
  'offline-read-only',
  'array-read-only',
];

export const worstOf = (states: readonly LunState[]): LunState =>
  order.find((state) => states.includes(state)) ?? 'unknown';

export const compareStates = (a: LunState, b: LunState): number => order.indexOf(a) - order.indexOf(b);

/**
 * What may be said of a state now. Good evidence expires with its report: what a host showed days ago, or two machines
 * under one key show, does not keep anybody from writing. What was bad stays (R5).
 */
export const readable = (state: LunState, { state: host }: Pick<StorageHost, 'state'>): LunState =>
  state === 'online-writable' || host === 'reporting' || host === 'silent' ? state : 'unknown';

/** The worst state through which a host sees one of these keys; unknown where its list does not show them any more. */
export function sightOf(luns: readonly SeenLunOfHost[], keys: ReadonlySet<string>, host: StorageHost): LunState {
  const seen = luns.filter((lun) => lun.keys.some((key) => keys.has(key)));
  return readable(worstOf(seen.map(({ state }) => state)), host);
}

export const storageHost = ({ hostId, hostname, level, state, validUntil }: HostSummary): StorageHost => ({
  hostId,
  hostname,
  level,
  state,
  validUntil,
});
