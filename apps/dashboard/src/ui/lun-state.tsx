import type { Level, LunState as State } from '@lunwarden/contract';
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

/** What a proxy may do to a LUN on which a datastore lies, as shape and words. */
export function LunState({ state }: { state: State }) {
  return (
    <span className="nowrap">
      <LevelIcon level={words[state].level} /> {words[state].word}
    </span>
  );
}
