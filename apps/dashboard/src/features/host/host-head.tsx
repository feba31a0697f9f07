import { type HostSummary, modeLabels } from '@lunwarden/contract';
import { Ago, Until } from '../../ui/instant.js';
import { LevelBadge } from '../../ui/level-badge.js';

export function HostHead({ summary, detail }: { summary: HostSummary; detail: string }) {
  return (
    <div className="stack" data-testid="host-head">
      <div className="row">
        <LevelBadge level={summary.level} score={summary.score} />
        <span className="num dim">
          of 100; {Math.round(summary.low)} if everything unknown were good · {Math.round(summary.completeness * 100)} %
          of the core signals known
        </span>
      </div>
      <p className="dim">
        {summary.os} · {modeLabels[summary.mode]} ({summary.modeEvidence}: {detail}) · report{' '}
        <Ago at={summary.lastReportAt} /> · facts from <Ago at={summary.observedAt} never="an unproven time" /> ·
        verdict runs out: <Until at={summary.validUntil} />
      </p>
    </div>
  );
}
