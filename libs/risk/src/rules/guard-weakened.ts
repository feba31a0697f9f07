import type { Baseline } from '../baseline.js';
import { judgeDrift } from '../drift.js';
import { isPolicyWeaker } from '../drift-of.js';
import { anyJudgement, judgeSubject, notKnown, type Place, verdictOf, windowsSubject } from '../judging.js';
import { type About, besideWindowsLuns, type Judgement, type Rule, type RuleContext } from '../rule.js';

type Before = Extract<Baseline, { platform: 'windows' }>;
const here: Place = { source: 'report before', at: null };

function sanPolicy(context: RuleContext, before: Before): Judgement {
  const name = 'The SAN policy is';
  return judgeSubject(
    windowsSubject(context, { name, source: 'MSFT_StorageSetting.NewDiskPolicy', fact: (facts) => facts.sanPolicy }),
    (now, place) => {
      if ('unknown' in before.sanPolicy) return notKnown('The earlier SAN policy is not known', here);
      const was = before.sanPolicy.value;
      return verdictOf(isPolicyWeaker(was, now), `SAN policy was ${was}, is ${now}`, place);
    },
  );
}

function automount(context: RuleContext, before: Before): Judgement {
  return judgeSubject(
    windowsSubject(context, { name: 'Automount is', source: 'MountMgr', fact: (facts) => facts.automount }),
    (now, place) => {
      if ('unknown' in before.automount) return notKnown('The earlier automount setting is not known', here);
      const was = before.automount.value;
      return verdictOf(now === 'enabled' && was === 'disabled', `Automount was ${was}, is ${now}`, place);
    },
  );
}

export const about: About = {
  code: 'WIN-006',
  title: 'A guard is weaker than in the report before',
  safeTitle: 'No guard is weaker than in the report before',
  signals: ['sanPolicy', 'automount', 'previous'],
};

/** WIN-006: somebody or something turned a guard down since the report before. */
export const guardWeakened: Rule = {
  id: 'guard-weakened',
  severity: 'high',
  judge: (context) =>
    besideWindowsLuns(context, () =>
      judgeDrift(context, (before) =>
        before.platform === 'windows'
          ? anyJudgement([sanPolicy(context, before), automount(context, before)])
          : notKnown('The report before is of another system', here),
      ),
    ),
};
