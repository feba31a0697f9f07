import type { HostSummary } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { LevelIcon } from '../../ui/level-badge.js';
import { verdictOf } from './fleet-figures.js';

export function VerdictLine({ hosts, gaps }: { hosts: readonly HostSummary[]; gaps: readonly string[] }) {
  const { word, level, text } = verdictOf(hosts, gaps);
  return (
    <p className={`bar row sev-${level} ${level === 'unknown' ? 'hatch' : ''}`} data-testid="verdict">
      <LevelIcon level={level} />
      <strong>{word}</strong>
      <span>{text}</span>
      <Link to="/hosts" search={{ level: 'critical,unknown,high' }}>
        Show them
      </Link>
    </p>
  );
}
