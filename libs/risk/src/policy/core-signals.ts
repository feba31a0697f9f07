/** A host is `unknown` while one of these is. Those `withLuns` matter once it may see a VMFS LUN, those `withHotAdd` once it may attach guests' disks. */
export const coreSignals = {
  windows: {
    always: ['visible-luns', 'missing-updates', 'last-update', 'os-support'],
    withLuns: ['san-policy', 'automount', 'disk-states', 'lun-tables', 'lun-contents'],
    withHotAdd: ['automount'],
  },
  linux: {
    always: ['visible-luns', 'missing-updates', 'last-update', 'os-support'],
    withLuns: ['disk-states', 'lun-tables', 'lun-contents', 'lvm-guard'],
    withHotAdd: ['lvm-guard'],
  },
} as const;

export type CoreSignal = (typeof coreSignals)['windows' | 'linux']['always' | 'withLuns' | 'withHotAdd'][number];
