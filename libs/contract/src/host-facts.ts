import { z } from 'zod';
import { BackupProduct } from './backup-product.js';
import { LinuxDisk, WindowsDisk } from './disk.js';
import { known } from './known.js';
import { TransportFact } from './mode.js';
import { BootSpace, PendingUpdate, UpdateAttempt, UpdatePolicy } from './patch.js';
import { Count, HostName, Instant, Text } from './text.js';

/** Microsoft's names of the new-disk policy (VDS_SAN_POLICY 1, 2, 3, 4). */
export const SanPolicy = z.enum(['OnlineAll', 'OfflineShared', 'OfflineAll', 'OfflineInternal']);
export type SanPolicy = z.infer<typeof SanPolicy>;

const Uuid = z.string().regex(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);

/** Facts that every platform reports. `[]` under `value` means none; a list nobody read is `unknown`. */
const common = {
  hostname: HostName,
  machine: known(
    z.strictObject({ isVirtual: z.boolean(), vendor: Text(128), model: Text(128), biosUuid: Uuid.nullable() }),
  ),
  /** What the machine is to the backup product. Empty = none of these. */
  roles: known(z.array(z.enum(['proxy', 'backup-server', 'repository', 'mount-server'])).max(8)),
  transport: known(TransportFact),
  pendingUpdates: known(z.array(PendingUpdate).max(2000)),
  /** When an update last installed with success; null = the history holds none. */
  lastUpdateSuccessAt: known(Instant.nullable()),
  /** Reasons why a reboot is pending, e.g. `CBS RebootPending`; empty = none. */
  pendingReboot: known(z.array(Text(128)).max(16)),
  elevated: z.boolean(),
  /** null = this host is no backup server; absent = nobody looked. */
  backupProduct: known(BackupProduct.nullable()).optional(),
};

export const WindowsFacts = z.strictObject({
  platform: z.literal('windows'),
  ...common,
  os: known(
    z.strictObject({
      caption: Text(128),
      /** `6.1.7601`, `10.0.17763`. */
      version: z.string().regex(/^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,6}$/),
      /** Update Build Revision; null before Windows 10 / 2016. */
      ubr: Count.nullable(),
      edition: Text(64),
      productType: z.enum(['workstation', 'domain-controller', 'server']),
    }),
  ),
  sanPolicy: known(SanPolicy),
  /** From MountMgr\NoAutoMount: 0 or absent = enabled. */
  automount: known(z.enum(['enabled', 'disabled'])),
  /** MountedDevices entries of volumes that are not present; 0 after `automount scrub`. */
  staleMountPoints: known(Count),
  disks: known(z.array(WindowsDisk).max(4096)),
  updateHistory: known(z.array(UpdateAttempt).max(200)),
  installedUpdates: known(z.array(Text(32)).max(5000)),
  updatePolicy: known(UpdatePolicy),
  bootSpace: known(BootSpace),
  /** What sets the SAN policy or automount again by itself; empty = nothing does. */
  guardEnforcement: known(z.array(z.enum(['group-policy', 'dsc', 'configuration-manager', 'other'])).max(8)).optional(),
});
export type WindowsFacts = z.infer<typeof WindowsFacts>;

export const LinuxFacts = z.strictObject({
  platform: z.literal('linux'),
  ...common,
  os: known(z.strictObject({ id: Text(64), versionId: Text(64), name: Text(128), kernel: Text(128) })),
  disks: known(z.array(LinuxDisk).max(4096)),
  /** What keeps LVM off guest volumes: a devices file, a global_filter, or nothing. */
  lvmGuard: known(z.enum(['devices-file', 'filter', 'none', 'no-lvm'])),
  /** Volume groups on devices that are not this host's own. */
  foreignVolumeGroups: known(z.array(Text(128)).max(256)),
  multipath: known(z.enum(['active', 'inactive', 'not-installed'])),
  /** Where file systems on disks attached from guests are mounted; empty = none is. */
  guestMounts: known(z.array(Text(1024)).max(256)).optional(),
});
export type LinuxFacts = z.infer<typeof LinuxFacts>;

export const HostFacts = z.discriminatedUnion('platform', [WindowsFacts, LinuxFacts]);
export type HostFacts = z.infer<typeof HostFacts>;
