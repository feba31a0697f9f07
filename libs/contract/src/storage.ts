import { z } from 'zod';
import { ReachedDatastore } from './assessment.js';
import { HostSummary, VcenterStatus } from './fleet.js';
import { SeenLun } from './host-detail.js';
import { LunKeySchema } from './lun-key-schema.js';
import { MapDatastore, MapGap, MapHostPaths, MapLosses } from './lun-map.js';
import { Count, DecimalText, Instant, Text } from './text.js';

/** What a proxy may do to a LUN. A good state that its proxy cannot prove any more is `unknown`; a bad one stays. */
export const LunState = SeenLun.shape.state;
export type LunState = z.infer<typeof LunState>;

/** One proxy that sees a LUN or volume; of several LUNs of a volume the worst state. */
export const LunSight = z.strictObject({ hostId: z.uuid(), state: LunState });
export type LunSight = z.infer<typeof LunSight>;

/** A proxy as the storage screen shows it. */
export const StorageHost = HostSummary.pick({
  hostId: true,
  hostname: true,
  level: true,
  state: true,
  validUntil: true,
});
export type StorageHost = z.infer<typeof StorageHost>;

/** A datastore with who could write to it: the reverse of a blast radius. Objects of one VMFS volume, in whatever vCenter, are one. */
export const StorageDatastore = z.strictObject({
  /** `<vCenter instanceUuid>/<moref>`, as in a host's blast radius. */
  id: Text(200),
  name: Text(256),
  /** Names of all vCenters that know the volume. */
  vcenters: z.array(Text(200)),
  type: MapDatastore.shape.type,
  vmfsUuid: Text(64).nullable(),
  capacityBytes: DecimalText.nullable(),
  accessible: z.boolean(),
  vms: Count,
  /** LUNs beneath it; `keys` empty = nobody can tell whether a proxy sees it. */
  luns: z.array(z.strictObject({ diskName: Text(512), keys: z.array(LunKeySchema) })),
  /** Proxies that see at least one of its LUNs, worst first. */
  sights: z.array(LunSight),
  /** Age of the oldest map that tells of it. */
  mapCollectedAt: Instant,
  /** As in a host's blast radius: what keeps the maps from being believed of it. Absent = nothing does. */
  doubts: ReachedDatastore.shape.doubts,
});
export type StorageDatastore = z.infer<typeof StorageDatastore>;

export const StorageQuery = z.strictObject({
  /** Part of a name, device name or LUN key. */
  q: Text(200).optional(),
  vcenter: Text(200).optional(),
  type: MapDatastore.shape.type.optional(),
  /** Only those that some proxy sees, or that none sees. */
  seen: z.enum(['yes', 'no']).optional(),
  /** `next` of the page before. */
  after: Text(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type StorageQuery = z.infer<typeof StorageQuery>;

/** By name. */
export const StoragePage = z.strictObject({
  asOf: Instant,
  /** Datastores that match, on all pages. */
  total: Count,
  datastores: z.array(StorageDatastore),
  /** Every proxy that `sights` name. */
  hosts: z.array(StorageHost),
  next: Text(1000).nullable(),
  vcenters: z.array(VcenterStatus),
});
export type StoragePage = z.infer<typeof StoragePage>;

/** A path of an ESXi host to a LUN of it that carries nothing, `name` as ESXi writes it: vmhba2:C0:T0:L1. */
export const IdlePath = z.strictObject({
  diskName: Text(512),
  host: Text(256),
  vcenter: Text(200),
  name: Text(256),
  state: MapHostPaths.shape.notWorking.element.shape.state,
});
export type IdlePath = z.infer<typeof IdlePath>;

/** A LUN as the ESXi hosts know it; `subsystemNqn` of an NVMe namespace. */
export const LunHardware = z.strictObject({
  diskName: Text(512),
  vendor: Text(64),
  model: Text(64),
  subsystemNqn: Text(256).nullable(),
});
export type LunHardware = z.infer<typeof LunHardware>;

export const StorageDatastoreDetail = z.strictObject({
  asOf: Instant,
  datastore: StorageDatastore,
  hosts: z.array(StorageHost),
  /** By name, at most 5,000 of `datastore.vms`. */
  vms: z.array(z.strictObject({ name: Text(256), vcenter: Text(200) })),
  /** As of the last reading with details, at most 1,000; empty also where nobody asked. */
  idlePaths: z.array(IdlePath),
  hardware: z.array(LunHardware),
  vcenters: z.array(VcenterStatus),
});
export type StorageDatastoreDetail = z.infer<typeof StorageDatastoreDetail>;

/** A disk on a shared bus that proxies see and no map knows: it counts as VMFS with unknown contents (R11). */
export const OrphanLun = z.strictObject({
  keys: z.array(LunKeySchema),
  sizeBytes: DecimalText,
  sights: z.array(z.strictObject({ ...LunSight.shape, device: Text(128) })),
});
export type OrphanLun = z.infer<typeof OrphanLun>;

export const StorageOrphans = z.strictObject({
  asOf: Instant,
  luns: z.array(OrphanLun),
  hosts: z.array(StorageHost),
  /** Proxies with such disks whose list was not looked at, because there are more than one answer holds. */
  hostsLeftOut: Count,
});
export type StorageOrphans = z.infer<typeof StorageOrphans>;

/** One VMFS UUID on LUNs that are not the same: a snapshot or replica beside its original. */
export const VolumeCopy = z.strictObject({
  vmfsUuid: Text(64),
  volumes: z.array(
    z.strictObject({ id: Text(200), name: Text(256), vcenter: Text(200), diskNames: z.array(Text(512)) }),
  ),
});
export type VolumeCopy = z.infer<typeof VolumeCopy>;

const CountText = z.string().regex(/^[0-9]{1,6}$/, 'a whole number');

/** Bound of an export as it is sent: as large as its reader takes it. */
export const importLimits = { uploadBytes: 67_108_864 } as const;

export const ImportQuery = z.strictObject({
  /** Name of the vCenter that the export is of; needed where the export does not say, or a new name is wanted. */
  vcenter: Text(200).min(1).optional(),
  /** Name of the file, to be shown. */
  file: Text(255).optional(),
  /** When RVTools wrote it, vouched for by who brings it. */
  exportedAt: Instant.optional(),
  /** A person's word that this export rightly shows so few; each kind needs its own. */
  confirmedHosts: CountText.optional(),
  confirmedDatastores: CountText.optional(),
  confirmedVms: CountText.optional(),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

/** What became of an export. Its age is its own: an import never makes anything look fresh. */
export const RvtoolsReceipt = z.strictObject({
  outcome: z.enum(['in-force', 'incomplete', 'needs-confirmation', 'older']),
  /** What to do, where it did not come in force. */
  reason: Text(500).nullable(),
  /** It comes in force when it is sent again with a `confirmed...` of each of these; null = no word makes it so. */
  losses: MapLosses.nullable(),
  /** null = it did not come in force, and no such vCenter was known before. */
  vcenter: VcenterStatus.nullable(),
  exportedAt: Instant,
  /** `stated` by who brought it, `workbook` in UTC, or `local-time` without a zone, taken as the earliest it can be. */
  datedBy: z.enum(['stated', 'workbook', 'local-time']),
  counts: z.strictObject({ datastores: Count, hosts: Count, vms: Count, luns: Count }),
  /** The first hundred of `gapCount`. */
  gaps: z.array(MapGap),
  gapCount: Count,
  /** Missing without bearing on what a write could reach. */
  omitted: z.array(MapGap),
});
export type RvtoolsReceipt = z.infer<typeof RvtoolsReceipt>;
