import type { Severity } from '@lunwarden/contract';
import { type About, judgeReading, type Rule } from '../rule.js';

const steps: readonly { days: number; severity: Severity }[] = [
  { days: 365, severity: 'critical' },
  { days: 125, severity: 'high' },
  { days: 65, severity: 'medium' },
];

export const about: About = {
  code: 'PAT-003',
  title: 'No update was installed for a long time',
  safeTitle: 'Updates were installed lately',
  signals: ['lastUpdateSuccessAt'],
};

/** PAT-003: each month without updates adds a month of published ways in. */
export const updatesOverdue: Rule = {
  id: 'updates-overdue',
  severity: 'low',
  judge: ({ signals: { updateAge }, policy }) => {
    const [fine] = policy.weights.updateAge;
    const severity = steps.find(({ days }) => updateAge.best > days)?.severity ?? 'low';
    return { ...judgeReading(updateAge, (days) => days > (fine?.days ?? 0)), severity };
  },
};
