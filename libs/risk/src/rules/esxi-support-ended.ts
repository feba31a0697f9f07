import { esxiInReach } from '../esxi-in-reach.js';
import type { EsxiHost } from '../facts/inventory-view.js';
import { judgeSubject, listed, notApplicable, notKnown, verdictOf } from '../judging.js';
import { feed } from '../outside.js';
import type { About, Rule } from '../rule.js';

const day = 86_400_000;

export const about: About = {
  code: 'ESX-003',
  title: 'Support of an ESXi host in reach has ended or ends soon',
  safeTitle: 'Every ESXi host in reach is supported',
  signals: ['inventory', 'feeds'],
};

/** ESX-003: what is found in it from now on will not be fixed. */
export const esxiSupportEnded: Rule = {
  id: 'esxi-support-ended',
  severity: 'high',
  judge: (context) =>
    judgeSubject(esxiInReach(context), (list) => {
      if (list.length === 0) return notApplicable;
      return judgeSubject(
        feed(context, { name: 'Support of ESXi is', table: context.facts.feeds?.esxiSupportEnds }),
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
          const unlisted = list.filter((host) => !Number.isFinite(endOf(host)));
          if (unlisted.length === 0) return verdictOf(false, 'Every version is supported', place);
          const named = listed(unlisted.map(({ name, version }) => `${name} (${version})`));
          return notKnown(`The table does not say how long these are supported: ${named}`, place);
        },
      );
    }),
};
