import { LevelIcon } from '../../ui/level-badge.js';
import type { Warning } from './warnings-of.js';

export function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  return warnings.map(({ level, text }) => (
    <p key={text} className={`bar row sev-${level} ${level === 'unknown' ? 'hatch' : ''}`} data-testid="warning">
      <LevelIcon level={level} />
      <strong>{text}</strong>
    </p>
  ));
}
