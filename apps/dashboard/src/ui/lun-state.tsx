import type { HostSummary, Level, LunState as State } from '@lunwarden/contract';
import { LevelIcon } from './level-badge.js';

const words: Record<State, { word: string; level: Level }> = {
  'online-writable': { word: 'Online, writable', level: 'critical' },
  unknown: { word: 'Unknown', level: 'unknown' },
  'offline-writable': { word: 'Offline, writable once online', level: 'medium' },
  'online-read-only': { word: 'Online, read-only', level: 'medium' },
  'offline-read-only': { word: 'Offline, read-only', level: 'low' },
  'array-read-only': { word: 'Read-only from the array', level: 'minimal' },
};

export const levelOfState = (state: State): Level => words[state].level;
export const wordOfState = (state: State): string => words[state].word;

/** While a host is merely silent its last facts still hold; that ends by itself. */
export const isHeard = ({ state }: Pick<HostSummary, 'state'>): boolean => state === 'reporting' || state === 'silent';

type Props = { state: State; isHarmless?: boolean; isOld?: boolean };

/**
 * What a proxy may do to a LUN, as shape and words. `isHarmless`: no production data lies on it; a host's own system
 * disk is online and writable too, and colour warns only where data may be lost. `isOld`: so it was when the host was
 * last heard, and nobody knows what it is now.
 */
export function LunState({ state, isHarmless = false, isOld = false }: Props) {
  const level = isHarmless ? 'minimal' : words[state].level;
  return (
    <span className="nowrap">
      <LevelIcon level={isOld && level !== 'critical' ? 'unknown' : level} /> {words[state].word}
    </span>
  );
}
