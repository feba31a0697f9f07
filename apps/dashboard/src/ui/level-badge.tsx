import { type Level, levelLabels } from '@lunwarden/contract';
import classes from './level-badge.module.css';

/** One shape per level, so that it is told without colour: octagon, triangle, diamond, circle, tick, dashed circle. */
const shapes: Record<Level, { outline: string; mark: string; isDashed?: boolean; isHollow?: boolean }> = {
  critical: { outline: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z', mark: 'M5.5 5.5l5 5M10.5 5.5l-5 5' },
  high: { outline: 'M8 1.5 15.2 14.5H.8z', mark: 'M8 6v4M8 12v.6' },
  medium: { outline: 'M8 .8 15.2 8 8 15.2.8 8z', mark: 'M8 4.8v4M8 10.8v.6' },
  low: { outline: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13', mark: '', isHollow: true },
  minimal: { outline: 'M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14', mark: 'M4.6 8.2l2.4 2.4l4.4-5' },
  unknown: {
    outline: 'M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13',
    mark: 'M6.2 6.3a1.9 1.9 0 1 1 2.6 1.8c-.6.3-.8.6-.8 1.4M8 11.3v.7',
    isDashed: true,
    isHollow: true,
  },
};

export function LevelIcon({ level }: { level: Level }) {
  const { outline, mark, isDashed, isHollow } = shapes[level];
  return (
    <svg className={`${classes.icon} sev-${level}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        className={isHollow ? classes.hollow : classes.shape}
        d={outline}
        strokeDasharray={isDashed ? '3 2' : undefined}
      />
      {mark !== '' && <path className={isHollow ? classes.hollow : classes.mark} d={mark} />}
    </svg>
  );
}

/** Level as shape and word, with the score where one is meant. */
export function LevelBadge({ level, score }: { level: Level; score?: number }) {
  return (
    <span className={`${classes.badge} sev-${level} ${level === 'unknown' ? 'hatch' : ''}`} data-level={level}>
      <LevelIcon level={level} />
      {levelLabels[level]}
      {score !== undefined && <span className="num">{Math.round(score)}</span>}
    </span>
  );
}
