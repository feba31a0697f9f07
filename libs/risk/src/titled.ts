import type { Assessment, Finding } from '@lunwarden/contract';
import { aboutOf } from './abouts.js';
import type { UntitledAssessment } from './assess.js';
import type { UntitledFinding } from './catalogue.js';

/** The assessment as it is stored, sent and read: every finding with its number in the catalogue and its title. */
export const titled = (assessment: UntitledAssessment): Assessment => ({
  ...assessment,
  findings: assessment.findings.map(titledFinding),
});

function titledFinding({ rule, verdict, severity, evidence }: UntitledFinding): Finding {
  const { code, title, safeTitle } = aboutOf(rule);
  const isWell = verdict === 'safe' || verdict === 'not-applicable';
  return { code, rule, verdict, severity, title: isWell ? safeTitle : title, evidence };
}
