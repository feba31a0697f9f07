import { type About, besideWindowsLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-003',
  title: 'Nobody knows what Windows does with the next SAN disk',
  safeTitle: 'The SAN policy is known',
  signals: ['sanPolicy', 'disks'],
};

/** WIN-003: nobody can say what Windows does with the next LUN. */
export const sanPolicyUnknown: Rule = {
  id: 'san-policy-unknown',
  severity: 'medium',
  judge: (context) =>
    besideWindowsLuns(context, () => {
      const { worst, best, evidence } = context.signals.sanPolicy;
      // Here the unknown is the very state that is warned of.
      return { verdict: worst === best ? 'safe' : 'at-risk', evidence };
    }),
};
