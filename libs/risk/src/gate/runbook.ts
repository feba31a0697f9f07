import type { Assessment, GateStep } from '@lunwarden/contract';
import type { Facts } from '../facts.js';
import { isExposed } from './exposed.js';

/**
 * The nine steps by which a proxy is patched without its LUNs at stake. Taking them away first makes every other step
 * forgiving; the partition is found by IsBoot, because disk numbers move on SAN hosts (hazards.md 1.5).
 */
export function runbookFor(facts: Facts, assessment: Assessment): GateStep[] {
  const platform = facts.report?.facts.platform ?? facts.platform;
  const own = platform === 'windows' ? windows : linux;
  if (isExposed(assessment)) return [stop, unzone[platform], ...own.change, ...own.verify, test, release];
  return [stop, detach, ...own.change, test, release];
}

const step = (id: string, text: string): GateStep => ({ id, text });

const stop = step(
  'stop-jobs',
  'Disable the backup jobs that use this host, wait until none runs, and put it into maintenance.',
);
const detach = step(
  'detach-guests',
  'Check that no disk of a guest is attached to this host, and detach what a broken job left.',
);
const unzone = {
  windows: step(
    'unzone',
    'Unzone or unpresent every VMFS LUN, or log out of its iSCSI target; rescan, and see that Get-Disk shows none of them.',
  ),
  linux: step(
    'unzone',
    'Unzone or unpresent every VMFS LUN, or log out of its iSCSI target; flush its multipath maps, and see that lsblk shows none of them.',
  ),
};
const test = step('test-job', 'Run one test job in the transport mode of this host.');
const release = step(
  'release',
  'Take the host out of maintenance and enable its jobs; the next report must show its guards.',
);

const windows = {
  change: [
    step(
      'mount-one-partition',
      'Only if the update needs it: mount the one partition of the boot disk, `mountvol S: /S`, or the system partition of the disk with IsBoot set. Find it by IsBoot, never by its number, and never enable automount.',
    ),
    step('patch', 'Install the updates and restart, as often as they ask for it.'),
    step('remove-letter', 'Remove the letter again: `mountvol S: /D`.'),
  ],
  verify: [
    step(
      'verify-guards',
      'Before the LUNs come back: automount is disabled, the SAN policy is OfflineShared or OfflineAll, and a fresh report says so.',
    ),
    step('re-present', 'Present the LUNs again, rescan, and see that every one of them is offline and read-only.'),
  ],
};

const linux = {
  change: [
    step('patch', 'Install the updates and restart; never run an installer or a rescue system with LUNs in sight.'),
  ],
  verify: [
    step(
      'verify-guards',
      'Before the LUNs come back: the LVM devices file or filter still leaves out the LUNs, multipath runs, and a fresh report says so.',
    ),
    step('re-present', 'Present the LUNs again, rescan, and see that no volume group of a guest is active.'),
  ],
};
