import { listed, verdictOf } from '../judging.js';
import { judgeProxyVm } from '../outside.js';
import { besideHotAdd, type Rule } from '../rule.js';

/** HOT-005: disks that are attached while a snapshot stands enter its chain. */
export const proxyVmHasSnapshots: Rule = {
  id: 'proxy-vm-has-snapshots',
  code: 'HOT-005',
  title: 'The proxy VM has snapshots',
  safeTitle: 'The proxy VM has no snapshot',
  severity: 'medium',
  signals: ['inventory', 'transport'],
  judge: (_facts, context) =>
    besideHotAdd(context, () =>
      judgeProxyVm(context, { name: 'Snapshots of the proxy are', fact: (vm) => vm.snapshots }, (names, place) =>
        verdictOf(names.length > 0, names.length > 0 ? `Snapshots: ${listed(names)}` : 'No snapshot', place),
      ),
    ),
};
