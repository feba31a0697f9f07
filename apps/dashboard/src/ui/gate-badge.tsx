import type { GateVerdict, Level } from '@lunwarden/contract';
import { LevelIcon } from './level-badge.js';
import classes from './level-badge.module.css';

export const gateWords: Record<GateVerdict, string> = {
  'no-go': 'NO-GO',
  unknown: 'UNKNOWN',
  'go-with-steps': 'GO WITH STEPS',
  go: 'GO',
};
export const gateLevels: Record<GateVerdict, Level> = {
  'no-go': 'critical',
  unknown: 'unknown',
  'go-with-steps': 'medium',
  go: 'minimal',
};

/** A verdict of the gate as shape and word. */
export function GateBadge({ verdict }: { verdict: GateVerdict }) {
  const level = gateLevels[verdict];
  return (
    <span className={`${classes.badge} sev-${level} ${level === 'unknown' ? 'hatch' : ''}`} data-verdict={verdict}>
      <LevelIcon level={level} />
      {gateWords[verdict]}
    </span>
  );
}
