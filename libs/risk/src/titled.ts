import type { Assessment, Driver, Finding } from '@lunwarden/contract';
import { aboutOf } from './abouts.js';
import type { UntitledAssessment } from './assess.js';
import type { UntitledFinding } from './catalogue.js';
import type { UntitledDriver } from './drivers.js';
import { labels } from './labels.js';

/** The assessment as it is stored, sent and read: every driver with its label, every finding with its number and its title. */
export const titled = (assessment: UntitledAssessment): Assessment => ({
  ...assessment,
  drivers: assessment.drivers.map(labelled),
  findings: assessment.findings.map(titledFinding),
});

const labelled = ({ factor, value, state, ifFixed, evidence }: UntitledDriver): Driver => ({
  factor,
  label: labels[factor],
  value,
  state,
  ifFixed,
  evidence,
});

function titledFinding({ rule, verdict, severity, evidence }: UntitledFinding): Finding {
  const { code, title, safeTitle } = aboutOf(rule);
  const isWell = verdict === 'safe' || verdict === 'not-applicable';
  return { code, rule, verdict, severity, title: isWell ? safeTitle : title, evidence };
}
