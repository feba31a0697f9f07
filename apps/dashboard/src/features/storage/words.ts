import type { Level, LunState, StorageDatastore } from '@lunwarden/contract';
import type { Sight } from '../../data/storage.js';
import { levelOfState } from '../../ui/lun-state.js';

/** As the server sorts them: worst first. */
const order: readonly LunState[] = [
  'online-writable',
  'unknown',
  'offline-writable',
  'online-read-only',
  'offline-read-only',
  'array-read-only',
];

export const worstState = (sights: readonly Sight[]): LunState | null =>
  order.find((state) => sights.some((sight) => sight.state === state)) ?? null;

/** `2 online and writable, 5 offline` */
const countWords: Record<LunState, string> = {
  'online-writable': 'online and writable',
  unknown: 'in a state nobody knows',
  'offline-writable': 'offline, writable once online',
  'online-read-only': 'online, read-only',
  'offline-read-only': 'offline, read-only',
  'array-read-only': 'read-only from the array',
};

export function sightsText(sights: readonly Sight[]): string {
  const counts = order.map((state) => ({ state, count: sights.filter((sight) => sight.state === state).length }));
  return counts.flatMap(({ state, count }) => (count === 0 ? [] : [`${count} ${countWords[state]}`])).join(', ');
}

/** Whether a proxy could see it at all: a datastore without LUNs is out of reach, one whose names join nothing is not known. */
export type Visibility = 'seen' | 'unseen' | 'no-lun' | 'not-told';

export function visibilityOf({ luns, sights, type }: Pick<StorageDatastore, 'luns' | 'sights' | 'type'>): Visibility {
  if (sights.length > 0) return 'seen';
  if (luns.length === 0) return type === 'VMFS' ? 'not-told' : 'no-lun';
  return luns.some(({ keys }) => keys.length === 0) ? 'not-told' : 'unseen';
}

export const visibilityWords: Record<Exclude<Visibility, 'seen'>, string> = {
  unseen: 'no proxy that told its disks',
  'no-lun': 'not on a LUN',
  'not-told': 'cannot be told from its names',
};

export function levelOf(visibility: Visibility, sights: readonly Sight[]): Level {
  const worst = worstState(sights);
  if (worst !== null) return levelOfState(worst);
  return visibility === 'not-told' ? 'unknown' : 'minimal';
}
