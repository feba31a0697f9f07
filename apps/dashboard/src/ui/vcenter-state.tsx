import type { Level, VcenterStatus } from '@lunwarden/contract';
import { LevelIcon } from './level-badge.js';

const words: Record<VcenterStatus['state'], { word: string; level: Level }> = {
  ok: { word: 'Complete', level: 'minimal' },
  incomplete: { word: 'Incomplete', level: 'high' },
  failed: { word: 'Failed', level: 'critical' },
  collecting: { word: 'Collecting', level: 'low' },
  'never-collected': { word: 'Never collected', level: 'unknown' },
};

export function VcenterState({ state }: { state: VcenterStatus['state'] }) {
  const { word, level } = words[state];
  return (
    <span className="row">
      <LevelIcon level={level} />
      {word}
    </span>
  );
}
