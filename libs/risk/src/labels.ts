/** What each factor of the score is called. Apart from the factors, as titles are from rules (see `titled`). */
export const labels = {
  'visible-luns': 'VMFS LUNs in sight',
  'disk-states': 'State of the VMFS LUNs',
  'lun-tables': 'Partition tables of the VMFS LUNs',
  'lun-contents': 'Datastores and VMs in reach',
  'san-policy': 'SAN policy',
  automount: 'Automount',
  'failed-update': 'Update that failed with a trap code',
  'boot-store-update': 'Pending update of the boot store',
  'os-upgrade': 'Pending upgrade of the operating system',
  'auto-install': 'Updates that install by themselves',
  'lvm-guard': 'LVM guard',
  multipath: 'Multipath',
  'foreign-volume-groups': 'Volume groups of guests',
  'missing-updates': 'Missing updates',
  'exploited-vulnerabilities': 'Vulnerabilities known to be exploited',
  'last-update': 'Last installed update',
  'os-support': 'Support of the operating system',
  'pending-reboot': 'Pending reboot',
  'transport-mode': 'Disks of guests attached by hot-add',
  role: 'Role of the host',
} as const;

export type FactorName = keyof typeof labels;
