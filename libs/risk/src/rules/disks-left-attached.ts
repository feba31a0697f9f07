import { listed, notApplicable, verdictOf } from '../judging.js';
import { judgeProxyVm } from '../outside.js';
import type { About, Rule } from '../rule.js';

export const about: About = {
  code: 'HOT-002',
  title: 'Disks of guests are still attached though no task runs',
  safeTitle: 'No disk of a guest is left attached',
  signals: ['inventory'],
};

/** HOT-002: a guest cannot consolidate its snapshot, and deleting it would take a disk of the proxy with it. */
export const disksLeftAttached: Rule = {
  id: 'disks-left-attached',
  severity: 'high',
  judge: (context) =>
    judgeProxyVm(
      context,
      { name: 'Disks of other VMs on the proxy are', fact: (vm) => vm.foreignDisks },
      (disks, place) => {
        if (disks.length === 0) return verdictOf(false, 'No disk of another VM is attached', place);
        return judgeProxyVm(context, { name: 'Whether a task runs is', fact: (vm) => vm.isWorking }, (isWorking) =>
          isWorking ? notApplicable : verdictOf(true, `Attached: ${listed(disks.map(({ file }) => file))}`, place),
        );
      },
    ),
};
