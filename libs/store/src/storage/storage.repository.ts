import { IdlePath, LunHardware, LunKeySchema, MapDatastore, ReachedDatastore } from '@lunwarden/contract';
import { z } from 'zod';
import type { Sql } from '../sql.js';
import { partsOf } from '../vcenters/volume-parts.js';
import { hardwareText, idlePathsText } from './lun-detail.sql.js';
import { copiesText, hostsSeeingStrangersText, pageText, vmsText } from './storage.sql.js';

const Doubts = ReachedDatastore.shape.doubts.unwrap();
const Stored = z.strictObject({
  id: z.string(),
  name: z.string(),
  vcenters: z.array(z.string()),
  type: MapDatastore.shape.type,
  vmfsUuid: z.string().nullable(),
  capacityBytes: z.string().nullable(),
  accessible: z.boolean(),
  mapCollectedAt: z.string().transform((at) => new Date(at).toISOString()),
  vms: z.int(),
  luns: z.array(z.strictObject({ diskName: z.string(), keys: z.array(LunKeySchema) })),
  /** Hosts that see at least one LUN of it now. */
  hostIds: z.array(z.uuid()),
  isStale: z.boolean(),
  isNew: z.boolean(),
  /** Keys of each of its objects that has any. */
  objectKeys: z.array(z.array(z.string())),
});
/** `doubts` empty = nothing speaks against it. */
const Volume = Stored.transform(({ isStale, isNew, objectKeys, ...volume }) => {
  const isCopy = partsOf(objectKeys, (keys) => keys).length > 1;
  const doubts: z.output<typeof Doubts> = [
    ...(isStale ? (['stale'] as const) : []),
    ...(isCopy ? (['copy'] as const) : []),
    ...(isNew ? (['new-generation'] as const) : []),
  ];
  return { ...volume, doubts };
});
/** A datastore as all maps in force tell of it; objects of one VMFS volume are one. */
export type StoredVolume = z.output<typeof Volume>;

export type VolumeFilter = {
  /** `<vCenter instanceUuid>/<moref>`: this one alone. */
  id?: string;
  q?: string;
  vcenter?: string;
  type?: MapDatastore['type'];
  seen?: 'yes' | 'no';
  /** Behind this one, by name. */
  after?: { name: string; id: string };
  limit: number;
};

const Page = z.strictObject({ total: z.int(), volumes: z.array(Volume) });
const Copy = z.strictObject({
  vmfsUuid: z.string(),
  volumes: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      vcenter: z.string(),
      diskNames: z.array(z.string()),
      keys: z.array(z.string()),
    }),
  ),
});
/** A VMFS UUID on LUNs that share no name, and every object with it. */
type VolumeCopies = {
  vmfsUuid: string;
  volumes: { id: string; name: string; vcenter: string; diskNames: string[] }[];
};
const HostId = z.strictObject({ id: z.uuid() });
const ReportId = z.strictObject({ hostId: z.uuid(), reportId: z.uuid() });
const Vm = z.strictObject({ name: z.string(), vcenter: z.string() });

/** Datastores with who sees them, each question one statement however many rows it touches. */
export class StorageRepository {
  constructor(private readonly sql: Sql) {}

  /** By name, and how many match on all pages. */
  async volumes(filter: VolumeFilter): Promise<{ total: number; volumes: StoredVolume[] }> {
    const { id, q, vcenter, type, seen, after, limit } = filter;
    const page = await this.sql.one(Page, pageText, [
      id ?? null,
      q ?? null,
      vcenter ?? null,
      type ?? null,
      seen ?? null,
      after?.name ?? null,
      after?.id ?? null,
      limit,
    ]);
    return page ?? { total: 0, volumes: [] };
  }

  /** VMs on a volume, in whatever vCenter, by name. */
  vms(datastoreId: string, limit: number): Promise<z.output<typeof Vm>[]> {
    return this.sql.many(Vm, vmsText, [datastoreId, limit]);
  }

  /** Paths of ESXi hosts to the LUNs of a volume that carry nothing. */
  idlePaths(datastoreId: string, limit: number): Promise<IdlePath[]> {
    return this.sql.many(IdlePath, idlePathsText, [datastoreId, limit]);
  }

  /** The LUNs of a volume as the ESXi hosts know them. */
  hardware(datastoreId: string): Promise<LunHardware[]> {
    return this.sql.many(LunHardware, hardwareText, [datastoreId]);
  }

  /** By VMFS UUID. */
  async copies(limit: number): Promise<VolumeCopies[]> {
    const candidates = await this.sql.many(Copy, copiesText);
    return candidates
      .filter(({ volumes }) => partsOf(volumes, ({ keys }) => keys).length > 1)
      .slice(0, limit)
      .map(({ vmfsUuid, volumes }) => ({ vmfsUuid, volumes: volumes.map(({ keys: _, ...object }) => object) }));
  }

  /** Hosts in whose verdict a disk counts as VMFS with unknown contents. */
  async hostsSeeingStrangers(): Promise<string[]> {
    return (await this.sql.many(HostId, hostsSeeingStrangersText)).map(({ id }) => id);
  }

  /** Which report is in force of each host; whoever keeps what it read of one asks this whether to read again. */
  async reportIds(hostIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.sql.many(
      ReportId,
      `SELECT host_id AS "hostId", report_id AS "reportId" FROM host_seen WHERE report_id IS NOT NULL AND host_id = ANY ($1::uuid[])`,
      [hostIds],
    );
    return new Map(rows.map(({ hostId, reportId }) => [hostId, reportId]));
  }
}
