import { verdictOfAny } from '../judging.js';
import { judgeProxyVm } from '../outside.js';
import { type About, besideHotAdd, type Rule } from '../rule.js';

export const about: About = {
  code: 'HOT-005',
  title: 'The proxy VM has snapshots',
  safeTitle: 'The proxy VM has no snapshot',
  signals: ['inventory', 'transport'],
};

/** HOT-005: disks that are attached while a snapshot stands enter its chain. */
export const proxyVmHasSnapshots: Rule = {
  id: 'proxy-vm-has-snapshots',
  severity: 'medium',
  judge: (context) =>
    besideHotAdd(context, () =>
      judgeProxyVm(context, { name: 'Snapshots of the proxy are', fact: (vm) => vm.snapshots }, (names, place) =>
        verdictOfAny(names, { lead: 'Snapshots: ', none: 'No snapshot' }, place),
      ),
    ),
};
