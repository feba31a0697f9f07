import type { Finding } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Evidence } from '../../ui/evidence.js';
import { LevelIcon } from '../../ui/level-badge.js';
import classes from './findings.module.css';
import { type NextStep, type UnknownGroup, unknownGroups } from './unknown-causes.js';

type Props = { findings: readonly Finding[]; hasMap: boolean; workOf: (rule: string) => ReactNode };

/** One row for each cause, for it is the cause that somebody can mend; its questions unfold under it. */
export function UnknownFindings({ findings, hasMap, workOf }: Props) {
  const groups = unknownGroups(findings, hasMap);
  if (groups.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="unknown-title">
      <h3 id="unknown-title">What nobody knows, counted as at risk</h3>
      {groups.map((group) => (
        <Group key={group.because} group={group} workOf={workOf} />
      ))}
    </section>
  );
}

function Group({ group, workOf }: { group: UnknownGroup; workOf: Props['workOf'] }) {
  const { because, next, gravest, findings } = group;
  const count = findings.length === 1 ? '1 question' : `${findings.length} questions`;
  return (
    <article className={`card stack sev-unknown ${classes.finding}`} data-testid="unknown-group" aria-label={because}>
      <p className="row">
        <LevelIcon level="unknown" />
        <strong>
          {count} unanswered because {because}
        </strong>
        <span className="dim">gravest: {gravest}</span>
      </p>
      <p>
        Next: <Next {...next} />
      </p>
      <details>
        <summary>Show {count}</summary>
        <ul className="plain stack wide">
          {findings.map((finding) => (
            <li key={finding.code} className="stack" data-testid="finding">
              <p>
                {finding.title}{' '}
                <span className="dim">
                  {finding.code} · {finding.severity}
                </span>
              </p>
              {workOf(finding.rule)}
              <Evidence evidence={finding.evidence} />
            </li>
          ))}
        </ul>
      </details>
    </article>
  );
}

const Next = ({ text, to }: NextStep) => (to === undefined ? `${text}.` : <Link to={to}>{text}</Link>);
