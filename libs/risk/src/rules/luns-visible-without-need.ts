import { besideLuns, type Rule } from '../rule.js';

/** LUN-002: the hazard belongs to the LUNs in sight, not to the name of the mode. */
export const lunsVisibleWithoutNeed: Rule = {
  id: 'luns-visible-without-need',
  code: 'LUN-002',
  title: 'The host sees production LUNs that its transport mode does not use',
  safeTitle: 'The transport mode uses the LUNs that the host sees',
  severity: 'high',
  signals: ['transport', 'disks'],
  judge: (_facts, context) =>
    besideLuns(context, () => {
      const { mode } = context;
      const evidence = [
        { text: mode.detail, source: 'backup product', observedAt: context.facts.report?.observedAt ?? null },
        ...context.signals.visibleLuns.evidence,
      ];
      if (mode.evidence !== 'observed' && mode.evidence !== 'configured') return { verdict: 'unknown', evidence };
      return { verdict: mode.effective === 'direct-san' ? 'safe' : 'at-risk', evidence };
    }),
};
