import { judgeVmfsState } from '../judge-luns.js';
import { type About, besideLuns, onLinux, type Rule } from '../rule.js';

export const about: About = {
  code: 'LNX-001',
  title: 'A production datastore is writable on Linux',
  safeTitle: 'Every VMFS LUN is read-only on Linux',
  signals: ['disks'],
};

/** LNX-001: nothing on Linux writes there by itself, but wipefs, dd and installers do as they are told. */
export const vmfsLunWritableOnLinux: Rule = {
  id: 'vmfs-lun-writable-on-linux',
  severity: 'low',
  judge: (context) =>
    onLinux(context, () => besideLuns(context, () => judgeVmfsState(context, 'online-writable', 'writable'))),
};
