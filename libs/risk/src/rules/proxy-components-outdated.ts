import { verdictOf } from '../judging.js';
import { judgeProxy } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'VBR-004',
  title: 'The backup components on this host are out of date',
  safeTitle: 'The backup components on this host are up to date',
  signals: ['product'],
};

/** VBR-004: the server and its proxy speak different versions. */
export const proxyComponentsOutdated: Rule = {
  id: 'proxy-components-outdated',
  severity: 'low',
  judge: (context) =>
    judgeProxy(context, { name: 'The state of the components is', fact: (proxy) => proxy.isOutOfDate }, (is, place) =>
      verdictOf(is, is ? 'Components are out of date' : 'Components are up to date', place),
    ),
};
