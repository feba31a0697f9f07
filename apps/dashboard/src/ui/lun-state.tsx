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
export const wordOfState = (state: State): string => words[state].word;

/**
 * What a proxy may do to a LUN, as shape and words. `isHarmless`: no production data lies on it; a host's own system
 * disk is online and writable too, and colour warns only where data may be lost.
 */
export function LunState({ state, isHarmless = false }: { state: State; isHarmless?: boolean }) {
  return (
    <span className="nowrap">
      <LevelIcon level={isHarmless ? 'minimal' : words[state].level} /> {words[state].word}
    </span>
  );
}
