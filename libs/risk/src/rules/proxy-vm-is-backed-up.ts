import { verdictOf } from '../judging.js';
import { judgeProxyVm } from '../outside.js';
import { besideHotAdd, type Rule } from '../rule.js';

/** HOT-004: its snapshot would hold the disks of guests that hang on it. */
export const proxyVmIsBackedUp: Rule = {
  id: 'proxy-vm-is-backed-up',
  code: 'HOT-004',
  title: 'The proxy is a VM that a backup job protects',
  safeTitle: 'No backup job protects the proxy itself',
  severity: 'medium',
  signals: ['inventory', 'transport'],
  judge: (_facts, context) =>
    besideHotAdd(context, () =>
      judgeProxyVm(
        context,
        { name: 'Whether a job protects the proxy is', fact: (vm) => vm.isInBackupJob },
        (is, place) =>
          verdictOf(is, is ? 'A backup job protects the proxy' : 'No backup job protects the proxy', place),
      ),
    ),
};
