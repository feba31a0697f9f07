import { z } from 'zod';
import { LunKeySchema } from './lun-key-schema.js';
import { Count, DecimalText, Instant, Text } from './text.js';

const Moref = z.string().regex(/^[A-Za-z0-9._:-]{1,128}$/);

/** Something that the vCenter did not tell. `object` and `path` are vSphere's; `reason` is the fault or the missing privilege. */
export const MapGap = z.strictObject({ object: Text(256), path: Text(256), reason: Text(256) });
export type MapGap = z.infer<typeof MapGap>;

/** What a map shows suspiciously few of, and how many it shows; of kinds that are not named it lost nothing that matters. */
export const MapLosses = z.strictObject({
  hosts: Count.optional(),
  datastores: Count.optional(),
  vms: Count.optional(),
});
export type MapLosses = z.infer<typeof MapLosses>;

export const MapDatastore = z.strictObject({
  id: Moref,
  name: Text(256),
  /** Inventory path: /datacenter/folder/…/name. */
  path: Text(1024),
  type: z.enum(['VMFS', 'NFS', 'NFS41', 'vsan', 'VVOL', 'PMEM', 'LOCAL', 'OTHER']),
  vmfsUuid: Text(64).nullable(),
  url: Text(512).nullable(),
  capacityBytes: DecimalText.nullable(),
  freeBytes: DecimalText.nullable(),
  accessible: z.boolean(),
  /** VmfsDatastoreInfo.vmfs.extent: canonical device name, partition, and the LUN keys that it spells. */
  extents: z
    .array(z.strictObject({ diskName: Text(512), partition: Count, keys: z.array(LunKeySchema).max(16) }))
    .max(256),
  hosts: z.array(z.strictObject({ host: Moref, mounted: z.boolean(), accessible: z.boolean() })).max(4096),
});
export type MapDatastore = z.infer<typeof MapDatastore>;

export const MapHost = z.strictObject({
  id: Moref,
  name: Text(256),
  /** Owning cluster or stand-alone compute resource, and its datacenter. */
  cluster: Text(256).nullable(),
  datacenter: Text(256).nullable(),
  connectionState: z.enum(['connected', 'disconnected', 'notResponding']),
  inMaintenanceMode: z.boolean(),
  version: Text(32).nullable(),
  build: Text(32).nullable(),
  hardwareUuid: Text(64).nullable(),
});
export type MapHost = z.infer<typeof MapHost>;

export const MapVm = z.strictObject({
  id: Moref,
  name: Text(256),
  host: Moref.nullable(),
  datastores: z.array(Moref).max(256),
  instanceUuid: Text(64).nullable(),
  biosUuid: Text(64).nullable(),
  isTemplate: z.boolean(),
  changeVersion: Text(128).nullable(),
});
export type MapVm = z.infer<typeof MapVm>;

/** A snapshot that a VM has (VirtualMachine.snapshot, every level of the tree). `createdAt` null = the source does not say when. */
export const MapSnapshot = z.strictObject({ vm: Moref, name: Text(256), createdAt: Instant.nullable() });
export type MapSnapshot = z.infer<typeof MapSnapshot>;

/** A LUN as a host of the vCenter sees it, formatted or not (ScsiLun). `seenBy` are those that were asked, not all that see it. */
export const MapLun = z.strictObject({
  canonicalName: Text(512),
  uuid: Text(256),
  keys: z.array(LunKeySchema).max(64),
  vendor: Text(64),
  model: Text(64),
  capacityBytes: DecimalText.nullable(),
  isLocal: z.boolean(),
  seenBy: z.array(Moref).max(4096),
  /** NVMe subsystem that offers it (HostNvmeController.subnqn); absent for what is no NVMe namespace, or before vSphere 7. */
  subsystemNqn: Text(256).optional(),
});
export type MapLun = z.infer<typeof MapLun>;

/** A raw device mapping: a VM that owns a whole LUN. `keys` is empty when its LUN cannot be told apart from others. */
export const MapRawMapping = z.strictObject({
  vm: Moref,
  lunUuid: Text(256),
  keys: z.array(LunKeySchema).max(64),
  compatibility: z.enum(['physical', 'virtual']),
});
export type MapRawMapping = z.infer<typeof MapRawMapping>;

/**
 * A disk that hangs on `vm` and lies in the folder of another one: a backup that hot-adds, at work or forgotten. `owner`
 * null = nobody has a home there. `keys` are those that the guest of `vm` sees it by (6000C29…).
 */
export const MapForeignDisk = z.strictObject({
  vm: Moref,
  file: Text(512),
  owner: Moref.nullable(),
  /** diskMode independent_nonpersistent, which hot-add uses. */
  isIndependent: z.boolean(),
  keys: z.array(LunKeySchema).max(4),
});
export type MapForeignDisk = z.infer<typeof MapForeignDisk>;

/** A storage adapter of a host, with the names that a fabric or array knows it by: WWPN (16 hex digits), IQN, or NQN. */
export const MapAdapter = z.strictObject({
  host: Moref,
  device: Text(64),
  /** By class of HostHostBusAdapter; `nvme` is an NVMe controller on PCIe, or one whose transport is not told. */
  kind: z.enum(['fibreChannel', 'fcoe', 'iscsi', 'nvme', 'nvmeTcp', 'rdma', 'sas', 'other']),
  names: z.array(Text(256)).max(4),
});
export type MapAdapter = z.infer<typeof MapAdapter>;

/** Paths of one host to its LUNs (HostMultipathStateInfo): how many there are, and those that carry nothing. */
export const MapHostPaths = z.strictObject({
  host: Moref,
  paths: Count,
  /** `name` as ESXi writes it, vmhba2:C0:T0:L1; `canonicalName` null = nobody could tell of which LUN it is one. */
  notWorking: z
    .array(
      z.strictObject({
        name: Text(256),
        state: z.enum(['dead', 'disabled', 'unknown']),
        canonicalName: Text(512).nullable(),
      }),
    )
    .max(10_000),
});
export type MapHostPaths = z.infer<typeof MapHostPaths>;

/** Read only when asked for: it grows with LUNs times hosts and with the disks of all VMs. */
export const MapDetails = z.strictObject({
  luns: z.array(MapLun),
  rawMappings: z.array(MapRawMapping),
  adapters: z.array(MapAdapter),
  /** Absent in maps of before it was read. */
  foreignDisks: z.array(MapForeignDisk).optional(),
  /** Hosts that told of their paths; absent in maps of before it was read. */
  paths: z.array(MapHostPaths).optional(),
  /** What these lists lack although the map is whole: a cluster none of whose hosts is connected tells of no LUN. */
  gaps: z.array(MapGap).optional(),
});
export type MapDetails = z.infer<typeof MapDetails>;

/** What one vCenter says: which datastore lives on which LUNs, who mounts it, which VMs live there. */
export const LunMap = z.strictObject({
  /** ServiceContent.about.instanceUuid. */
  vcenterUuid: Text(64),
  apiVersion: Text(32),
  build: Text(32),
  collectedAt: Instant,
  durationMs: Count,
  /** True only if every page, object and property arrived: no gap and got = expected. */
  complete: z.boolean(),
  counts: z.strictObject({
    datastores: z.strictObject({ expected: Count, got: Count }),
    hosts: z.strictObject({ expected: Count, got: Count }),
    vms: z.strictObject({ expected: Count, got: Count }),
  }),
  gaps: z.array(MapGap),
  datastores: z.array(MapDatastore),
  hosts: z.array(MapHost),
  vms: z.array(MapVm),
  /** Of all VMs; absent where nobody asked. */
  snapshots: z.array(MapSnapshot).optional(),
  /** VMs with runtime.consolidationNeeded; absent where nobody asked. */
  needConsolidation: z.array(Moref).optional(),
  /** Disks of the VMs whose devices are read every time, the proxies: all that hang on one of `vms` are here. */
  watched: z.strictObject({ vms: z.array(Moref), foreignDisks: z.array(MapForeignDisk) }).optional(),
  /** Absent when it was not asked for. */
  details: MapDetails.optional(),
});
export type LunMap = z.infer<typeof LunMap>;
