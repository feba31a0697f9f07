import { type Level, mapHoldsMs, type VcenterStatus } from '@lunwarden/contract';
import { use } from 'react';
import { NowContext } from './instant.js';
import { LevelIcon } from './level-badge.js';

type State = { word: string; level: Level };

const words: Record<VcenterStatus['state'], State> = {
  ok: { word: 'Complete', level: 'minimal' },
  incomplete: { word: 'Incomplete', level: 'high' },
  failed: { word: 'Failed', level: 'critical' },
  collecting: { word: 'Collecting', level: 'low' },
  'never-collected': { word: 'Never collected', level: 'unknown' },
};
const tooOld: State = { word: 'Complete, but too old', level: 'unknown' };

/** A map that proves nothing any more is not drawn as good, whole though it be. */
export function VcenterState({ vcenter: { state, mapCollectedAt } }: { vcenter: VcenterStatus }) {
  const isOld = mapCollectedAt === null || use(NowContext) - Date.parse(mapCollectedAt) >= mapHoldsMs;
  const { word, level } = state === 'ok' && isOld ? tooOld : words[state];
  return (
    <span className="nowrap">
      <LevelIcon level={level} /> {word}
    </span>
  );
}
