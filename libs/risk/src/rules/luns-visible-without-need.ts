import { type About, besideLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'LUN-002',
  title: 'The host sees production LUNs that its transport mode does not use',
  safeTitle: 'The transport mode uses the LUNs that the host sees',
  signals: ['transport', 'disks'],
};

/** LUN-002: the hazard belongs to the LUNs in sight, not to the name of the mode. */
export const lunsVisibleWithoutNeed: Rule = {
  id: 'luns-visible-without-need',
  severity: 'high',
  judge: (context) =>
    besideLuns(context, () => {
      const { mode } = context;
      const evidence = [
        { text: mode.detail, source: 'backup product', observedAt: context.observedAt },
        ...context.signals.visibleLuns.evidence,
      ];
      if (mode.evidence !== 'observed' && mode.evidence !== 'configured') return { verdict: 'unknown', evidence };
      return { verdict: mode.effective === 'direct-san' ? 'safe' : 'at-risk', evidence };
    }),
};
