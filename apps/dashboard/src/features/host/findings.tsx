import { type Finding, type Level, type Severity, severities } from '@lunwarden/contract';
import type { ReactNode } from 'react';
import { CodeText } from '../../ui/code-text.js';
import { Evidence } from '../../ui/evidence.js';
import { LevelIcon } from '../../ui/level-badge.js';
import { adviceOf } from './advice.js';
import classes from './findings.module.css';
import { UnknownFindings } from './unknown-findings.js';

type Props = {
  findings: readonly Finding[];
  /** Some LUN map was used to judge the host. */
  hasMap: boolean;
  /** How far the work on what a rule found is. */
  workOf: (rule: string) => ReactNode;
};

/** What is wrong first, each with its remedy, then what nobody knows by its cause; what was checked and fine is one click away. */
export function Findings({ findings, hasMap, workOf }: Props) {
  const atRisk = findings.filter(({ verdict }) => verdict === 'at-risk').sort((a, b) => rank(a) - rank(b));
  const unknown = findings.filter(({ verdict }) => verdict === 'unknown');
  const passed = findings.filter(({ verdict }) => verdict === 'safe');
  const others = findings.length - atRisk.length - unknown.length - passed.length;
  return (
    <section className="stack" aria-labelledby="findings-title">
      <h2 id="findings-title">Findings and what to do</h2>
      {atRisk.length === 0 && (
        <p className="dim">
          {passed.length} checks were made and found nothing. {others} do not apply.
          {unknown.length > 0 && ` ${unknown.length} questions have no answer.`}
        </p>
      )}
      {atRisk.map((finding) => (
        <OpenFinding key={finding.code} finding={finding} work={workOf(finding.rule)} />
      ))}
      <UnknownFindings findings={unknown} hasMap={hasMap} workOf={workOf} />
      {passed.length > 0 && <Passed findings={passed} notApplicable={others} />}
    </section>
  );
}

const rank = ({ severity }: Finding): number => severities.indexOf(severity);

const levelOf: Record<Severity, Level> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'low',
};

function OpenFinding({ finding, work }: { finding: Finding; work: ReactNode }) {
  const level = levelOf[finding.severity];
  const advice = adviceOf(finding.rule);
  return (
    <article className={`card stack sev-${level} ${classes.finding}`} data-testid="finding" aria-label={finding.title}>
      <h3 className="row">
        <LevelIcon level={level} />
        {finding.title}
        <span className="dim">
          {finding.code} · {finding.severity}
        </span>
      </h3>
      {work}
      {advice !== null && <p className="prose">{advice.why}</p>}
      <Evidence evidence={finding.evidence} />
      {advice !== null && (
        <>
          <h4>Do this</h4>
          <ol className="prose">
            {advice.remedy.map((step) => (
              <li key={step}>
                <CodeText text={step} />
              </li>
            ))}
          </ol>
          {advice.unsafeFix !== null && (
            <p className={`prose ${classes.not}`}>
              <strong>Not this:</strong> {advice.unsafeFix}
            </p>
          )}
          <p className="dim">Source: {advice.source}</p>
        </>
      )}
    </article>
  );
}

function Passed({ findings, notApplicable }: { findings: readonly Finding[]; notApplicable: number }) {
  return (
    <details className="card">
      <summary>
        {findings.length} checks passed, {notApplicable} do not apply
      </summary>
      <ul className="stack">
        {findings.map((finding) => (
          <li key={finding.code}>
            {finding.title} <span className="dim">{finding.code}</span>
            <Evidence evidence={finding.evidence} />
          </li>
        ))}
      </ul>
    </details>
  );
}
