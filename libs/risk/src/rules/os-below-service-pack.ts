import { judgeSubject, notKnown, verdictOf, windowsSubject } from '../judging.js';
import { type About, onWindows, type Rule } from '../rule.js';

/** Builds that get updates only after a service pack. Source: Microsoft, lifecycle of service packs. */
const servicePacks: Readonly<Record<string, string>> = {
  '6.0.6000': 'Service Pack 2',
  '6.0.6001': 'Service Pack 2',
  '6.1.7600': 'Service Pack 1',
};

export const about: About = {
  code: 'PAT-013',
  title: 'The operating system lacks the service pack that updates need',
  safeTitle: 'The operating system has the service pack that updates need',
  signals: ['os'],
};

/** PAT-013: no update installs before the service pack, and this service pack is a trap. */
export const osBelowServicePack: Rule = {
  id: 'os-below-service-pack',
  severity: 'high',
  judge: (context) =>
    onWindows(context, () => {
      const subject = windowsSubject(context, {
        name: 'The build is',
        source: 'operating system',
        trust: 'patch',
        fact: (facts) => facts.os,
      });
      const { windowsServerEnds, windowsClientEnds } = context.policy.osSupport;
      return judgeSubject(subject, ({ version }, place) => {
        const needs = servicePacks[version];
        if (needs !== undefined) return verdictOf(true, `Build ${version} lacks ${needs}`, place);
        const isOurs = Object.hasOwn(windowsServerEnds, version) || Object.hasOwn(windowsClientEnds, version);
        return isOurs
          ? verdictOf(false, `Build ${version}`, place)
          : notKnown(`Build ${version} is not one we know`, place);
      });
    }),
};
