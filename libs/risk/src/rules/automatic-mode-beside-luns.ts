import { judgeSubject, verdictOf } from '../judging.js';
import { transport } from '../outside.js';
import { type About, besideLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'SAN-013',
  title: 'The transport mode is chosen automatically on a host that sees LUNs',
  safeTitle: 'The transport mode of a host that sees LUNs is set',
  signals: ['transport', 'disks'],
};

/** SAN-013: automatic selection prefers the SAN over everything else. */
export const automaticModeBesideLuns: Rule = {
  id: 'automatic-mode-beside-luns',
  severity: 'medium',
  judge: (context) =>
    besideLuns(context, () =>
      judgeSubject(transport(context), ({ configured }, place) =>
        verdictOf(
          configured === 'auto',
          configured === 'auto' ? 'Chosen automatically' : `Set to ${configured}`,
          place,
        ),
      ),
    ),
};
