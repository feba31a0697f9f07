import { anyJudgement, judgeSubject, notApplicable, notKnown, verdictOf, windowsSubject } from '../judging.js';
import { fewPeers } from '../peers.js';
import { type About, besideWindowsLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'WIN-007',
  title: 'A guard differs from most proxies of the fleet',
  safeTitle: 'The guards are set as on most proxies of the fleet',
  signals: ['sanPolicy', 'automount', 'peers'],
};

/** WIN-007: a host set by hand is the one that nobody looks after. */
export const guardUnlikePeers: Rule = {
  id: 'guard-unlike-peers',
  severity: 'low',
  judge: (context) =>
    besideWindowsLuns(context, () => {
      const { peers } = context.facts;
      if (peers === undefined) return notKnown('How other proxies are set is not known', { source: 'fleet', at: null });
      if (peers.count < fewPeers) return notApplicable;
      const policy = windowsSubject(context, {
        name: 'The SAN policy is',
        source: 'fleet',
        fact: (own) => own.sanPolicy,
      });
      const mounts = windowsSubject(context, { name: 'Automount is', source: 'fleet', fact: (own) => own.automount });
      return anyJudgement([
        judgeSubject(policy, (own, place) =>
          verdictOf(
            peers.sanPolicy !== null && own !== peers.sanPolicy,
            `SAN policy is ${own}, of most ${peers.sanPolicy ?? 'no two alike'}`,
            place,
          ),
        ),
        judgeSubject(mounts, (own, place) =>
          verdictOf(
            peers.automount !== null && own !== peers.automount,
            `Automount is ${own}, of most ${peers.automount ?? 'no two alike'}`,
            place,
          ),
        ),
      ]);
    }),
};
