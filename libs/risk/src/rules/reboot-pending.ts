import { judgeReading, type Rule } from '../rule.js';

/** PAT-008: the reboot will come at a time that nobody chose. */
export const rebootPending: Rule = {
  id: 'reboot-pending',
  code: 'PAT-008',
  title: 'A reboot is pending',
  safeTitle: 'No reboot is pending',
  severity: 'low',
  why: 'Windows may number its disks anew when it starts, and disk states follow the number, not the LUN.',
  remedy: [
    'Choose a window without backup jobs.',
    'Unmask the VMFS LUNs, reboot, check SAN policy and automount, present the LUNs again.',
  ],
  unsafeFix: null,
  source: 'Microsoft, Component Based Servicing; Get-Disk',
  signals: ['pendingReboot', 'disks'],
  judge: (_facts, { signals }) => ({
    ...judgeReading(signals.pendingReboot, (pending) => pending),
    severity: signals.visibleLuns.worst ? 'medium' : 'low',
  }),
};
