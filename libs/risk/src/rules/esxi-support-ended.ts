import type { EsxiHost } from '../facts/inventory-view.js';
import { judgeSubject, listed, verdictOf } from '../judging.js';
import { feed, inventory } from '../outside.js';
import type { Rule } from '../rule.js';

const day = 86_400_000;

/** ESX-003: what is found in it from now on will not be fixed. */
export const esxiSupportEnded: Rule = {
  id: 'esxi-support-ended',
  code: 'ESX-003',
  title: 'Support of an ESXi host in reach has ended or ends soon',
  safeTitle: 'Every ESXi host in reach is supported',
  severity: 'high',
  signals: ['inventory', 'feeds'],
  judge: (facts, context) => {
    const hosts = inventory(context, { name: 'ESXi hosts in reach are', fact: (view) => view.esxiHosts });
    return judgeSubject(hosts, (list) =>
      judgeSubject(
        feed(context, { name: 'Support of ESXi is', table: facts.feeds?.esxiSupportEnds }),
        ({ byVersion }, place) => {
          const soon = context.asOf + context.policy.osSupport.endingDays * day;
          const endOf = ({ version }: EsxiHost): number =>
            Date.parse(byVersion[version.split('.').slice(0, 2).join('.')] ?? '');
          const ending = list.filter((host) => endOf(host) + day <= soon);
          const isOver = ending.some((host) => endOf(host) + day <= context.asOf);
          if (ending.length > 0)
            return {
              ...verdictOf(true, listed(ending.map(({ name, version }) => `${name} (${version})`)), place),
              severity: isOver ? 'high' : 'medium',
            };
          const judged = verdictOf(false, 'Every version is supported', place);
          return list.every((host) => Number.isFinite(endOf(host))) ? judged : { ...judged, verdict: 'unknown' };
        },
      ),
    );
  },
};
