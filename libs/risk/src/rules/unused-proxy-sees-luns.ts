import { anyJudgement, verdictOf } from '../judging.js';
import { judgeProxy } from '../outside.js';
import { type About, besideLuns, type Rule } from '../rule.js';

export const about: About = {
  code: 'VBR-008',
  title: 'A proxy that is switched off or unreachable still sees production LUNs',
  safeTitle: 'A proxy that sees production LUNs is in use',
  signals: ['product', 'disks'],
};

/** VBR-008: a host that nobody uses is one that nobody patches or guards. */
export const unusedProxySeesLuns: Rule = {
  id: 'unused-proxy-sees-luns',
  severity: 'medium',
  judge: (context) =>
    besideLuns(context, () =>
      anyJudgement([
        judgeProxy(
          context,
          { name: 'Whether the proxy is disabled is', fact: (proxy) => proxy.isDisabled },
          (is, place) => verdictOf(is, is ? 'Disabled in the backup product' : 'Enabled in the backup product', place),
        ),
        judgeProxy(context, { name: 'Whether the proxy is online is', fact: (proxy) => proxy.isOnline }, (is, place) =>
          verdictOf(!is, is ? 'Online in the backup product' : 'Offline in the backup product', place),
        ),
      ]),
    ),
};
