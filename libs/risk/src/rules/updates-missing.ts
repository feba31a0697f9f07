import type { Severity } from '@lunwarden/contract';
import type { Missing } from '../model.js';
import { type About, judgeReading, type Rule } from '../rule.js';

const severities: Record<Missing, Severity> = {
  none: 'info',
  low: 'low',
  moderate: 'low',
  unspecified: 'medium',
  important: 'medium',
  critical: 'high',
};

export const about: About = {
  code: 'PAT-001',
  title: 'Security updates are missing',
  safeTitle: 'No update is missing',
  signals: ['pendingUpdates'],
};

/** PAT-001: updates that the host's own scan offers and that are not installed. */
export const updatesMissing: Rule = {
  id: 'updates-missing',
  severity: 'medium',
  judge: ({ signals }) => ({
    ...judgeReading(signals.missing, (severity) => severity !== 'none'),
    severity: severities[signals.missing.best === 'none' ? signals.missing.worst : signals.missing.best],
  }),
};
