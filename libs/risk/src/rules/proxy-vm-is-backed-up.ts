import { verdictOf } from '../judging.js';
import { judgeProxyVm } from '../outside.js';
import { type About, besideHotAdd, type Rule } from '../rule.js';

export const about: About = {
  code: 'HOT-004',
  title: 'The proxy is a VM that a backup job protects',
  safeTitle: 'No backup job protects the proxy itself',
  signals: ['inventory', 'transport'],
};

/** HOT-004: its snapshot would hold the disks of guests that hang on it. */
export const proxyVmIsBackedUp: Rule = {
  id: 'proxy-vm-is-backed-up',
  severity: 'medium',
  judge: (context) =>
    besideHotAdd(context, () =>
      judgeProxyVm(
        context,
        { name: 'Whether a job protects the proxy is', fact: (vm) => vm.isInBackupJob },
        (is, place) =>
          verdictOf(is, is ? 'A backup job protects the proxy' : 'No backup job protects the proxy', place),
      ),
    ),
};
