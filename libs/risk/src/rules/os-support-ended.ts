import { say } from '../judging.js';
import { type About, judgeReading, type Rule } from '../rule.js';

const day = 86_400_000;

export const about: About = {
  code: 'PAT-012',
  title: 'Support of the operating system has ended or ends soon',
  safeTitle: 'The operating system is supported',
  signals: ['os', 'feeds'],
};

/** PAT-012: what is found from now on will not be fixed. */
export const osSupportEnded: Rule = {
  id: 'os-support-ended',
  severity: 'high',
  judge: ({ facts: { feeds }, signals: { osSupport }, asOf }) => {
    const judged = judgeReading(osSupport, (value) => value !== 'supported');
    if (osSupport.best !== 'ended') return { ...judged, severity: osSupport.best === 'ending' ? 'low' : 'high' };
    const extended = feeds !== undefined && 'value' in feeds.extendedSupportEnd ? feeds.extendedSupportEnd.value : null;
    if (extended === null || Date.parse(extended) + day < asOf) return { ...judged, severity: 'high' };
    const paid = say(`A paid extension runs until ${extended}`, { source: 'imported feed', at: null });
    return { ...judged, severity: 'medium', evidence: [...judged.evidence, paid] };
  },
};
