import { MapForeignDisk, MapRawMapping } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';
import { writeClusterReach } from './cluster-reach.js';
import { type CompleteLunMap, IncompleteMapError, isComplete } from './complete-map.js';
import { writeDatastores } from './datastore-diff.js';
import { staleLunsText, writeDetails, writeWatched } from './detail-diff.js';
import { writeExtents } from './extent-diff.js';
import { writeHosts } from './host-diff.js';
import { differing, hostMarks } from './host-marks.js';
import { InventoryRow, type InventoryRows, inventoryOf, inventoryText } from './inventory-rows.js';
import { writeCapacities, writeGenerations } from './lun-generation.js';
import { IndexRow, indexText, type MapIndexRows, mapIndexOf } from './map-index.js';
import { type ProxyVm, ProxyVmRow, proxyVmsText } from './proxy-vm.js';
import { writeSnapshots } from './snapshot-diff.js';
import { writePlaces, writeVms } from './vm-diff.js';

const Key = z.strictObject({ key: z.string() });
const Version = z.strictObject({ version: column.bigint });
const Told = z.strictObject({ snapshotsTold: z.boolean() });
const VmOnDatastores = z.strictObject({
  id: z.string(),
  name: z.string(),
  vcenter: z.string(),
  datastores: z.array(z.string()),
});
export type VmOnDatastores = z.infer<typeof VmOnDatastores>;

const Rows = z.strictObject({ rows: z.int() });
const KnownVm = z.strictObject({
  vm: z.string(),
  changeVersion: z.string(),
  rawMappings: z.array(MapRawMapping),
  foreignDisks: z.array(MapForeignDisk),
});
/** Devices of a VM as they were at a version of its configuration. */
export type KnownDevices = Omit<z.infer<typeof KnownVm>, 'vm'>;

export type MapReplaced = {
  /** LUNs whose reach is another one now: every host that sees one of them must be judged again. */
  changedLunKeys: string[];
  /** Hosts that are VMs of which, or of whose reach, the map says something else now. */
  changedHostIds: string[];
  /** It tells of snapshots and the one before did not, or the other way round: what nobody left behind, no host may believe any more. */
  concernsEveryone: boolean;
  /** Rows of the map inserted, updated and deleted; 0 = it was the same map. */
  rowsWritten: number;
};

const InForce = z.strictObject({
  instanceUuid: z.string(),
  collectedAt: column.instant,
  hosts: z.int(),
  datastores: z.int(),
  vms: z.int(),
});
export type MapInForce = z.infer<typeof InForce>;

/** The maps in force: of each vCenter the last complete one. */
export class MapRepository {
  constructor(private readonly sql: Sql) {}

  /**
   * Puts a map in force by writing what differs from the one before, and notes which LUNs are concerned.
   * @throws IncompleteMapError for a map with gaps, whatever its type says.
   */
  async replace(vcenterId: string, map: CompleteLunMap): Promise<MapReplaced> {
    if (!isComplete(map)) throw new IncompleteMapError();
    const marks = await hostMarks(this.sql, vcenterId);
    const before = await this.sql.one(Told, toldText, [vcenterId]);
    const datastores = await writeDatastores(this.sql, vcenterId, map);
    const extents = await writeExtents(this.sql, vcenterId, map);
    const hosts = await writeHosts(this.sql, vcenterId, map);
    const vms = await writeVms(this.sql, vcenterId, map);
    const places = await writePlaces(this.sql, vcenterId, map);
    const snapshots = await writeSnapshots(this.sql, vcenterId, map);
    const parts = [datastores, extents, hosts, places, snapshots];
    const touched = parts.flatMap(({ datastoreIds }) => datastoreIds);
    const keys = await this.keysOf(vcenterId, touched, datastores.vmfsUuids);
    const generations = await writeGenerations(this.sql, vcenterId);
    const reach = await writeClusterReach(this.sql, vcenterId, map);
    await this.head(vcenterId, map);
    const more = await this.details(vcenterId, map);
    const watched = await writeWatched(this.sql, vcenterId, map);
    await this.bump();
    // After the bump nobody else puts a map in force: no change of theirs and of ours passes each other unseen.
    const changedHostIds = differing(marks, await hostMarks(this.sql, vcenterId));
    return {
      changedLunKeys: [...new Set([...extents.lunKeys, ...keys, ...generations.lunKeys, ...more.lunKeys])],
      concernsEveryone: before !== null && before.snapshotsTold !== areSnapshotsTold(map),
      changedHostIds,
      rowsWritten: [...parts, generations, more].reduce((sum, { rows }) => sum + rows, vms + reach + watched),
    };
  }

  private async details(vcenterId: string, map: CompleteLunMap): Promise<{ rows: number; lunKeys: string[] }> {
    const stale = (await this.sql.one(Rows, staleLunsText, [vcenterId]))?.rows ?? 0;
    if (map.details === undefined) return { rows: stale, lunKeys: [] };
    const written = await writeDetails(this.sql, vcenterId, map, map.details);
    const capacities = await writeCapacities(this.sql, vcenterId);
    return { rows: stale + written + capacities.rows, lunKeys: capacities.lunKeys };
  }

  /** What is known of the devices of VMs, by moref: with it, those of VMs that did not change need not be read again. */
  async knownVms(vcenterId: string): Promise<Map<string, KnownDevices>> {
    const rows = await this.sql.many(KnownVm, knownVmsText, [vcenterId]);
    return new Map(rows.map(({ vm, ...known }) => [vm, known]));
  }

  /** What the last complete map was like; null = there never was one. */
  inForce(vcenterId: string): Promise<MapInForce | null> {
    return this.sql.one(
      InForce,
      `SELECT instance_uuid AS "instanceUuid", collected_at AS "collectedAt", hosts, datastores, vms
       FROM map_in_force WHERE vcenter_id = $1`,
      [vcenterId],
    );
  }

  /** All maps in force at one moment. 50,000 VMs are some 4 MB: keep the answer while `version()` stays the same. */
  async index(): Promise<MapIndexRows> {
    const index = await mapIndexOf(await this.sql.many(IndexRow, indexText));
    if (index === null) throw new Error('The table map_version lost its row; restore it with version 0.');
    return index;
  }

  /** The same around the LUNs. It may be of a newer version than an index that was read before. */
  async inventory(): Promise<InventoryRows> {
    const inventory = inventoryOf(await this.sql.many(InventoryRow, inventoryText));
    if (inventory === null) throw new Error('The table map_version lost its row; restore it with version 0.');
    return inventory;
  }

  /** Ask this first and `index()` after it: then what is kept under a version is never older than that version. */
  async version(): Promise<number> {
    const row = await this.sql.one(Version, 'SELECT version FROM map_version WHERE id = 1');
    return row?.version ?? 0;
  }

  /**
   * VMs on the given datastores, those of the same VMFS volume in other vCenters included, by name.
   * @param datastoreIds as in the index, `<vCenter instanceUuid>/<moref>`
   */
  vms(datastoreIds: readonly string[]): Promise<VmOnDatastores[]> {
    return this.sql.many(VmOnDatastores, vmsText, [datastoreIds]);
  }

  /**
   * The VMs that have one of these BIOS or instance UUIDs (see `spellingsOf`): none = no VM of these vCenters, several
   * with one = clones, of which nobody can say which it is.
   */
  proxyVms(uuids: readonly string[]): Promise<ProxyVm[]> {
    return uuids.length === 0 ? Promise.resolve([]) : this.sql.many(ProxyVmRow, proxyVmsText, [uuids]);
  }

  /** Notes by which UUIDs hosts are found in a vCenter; only what differs is written. @returns hosts found by others than before */
  async noteMachines(hosts: ReadonlyMap<string, readonly string[]>): Promise<string[]> {
    const pairs = [...hosts].flatMap(([hostId, uuids]) => uuids.map((uuid) => ({ hostId, uuid })));
    const hostIds = pairs.map(({ hostId }) => hostId);
    const moved = await this.sql.many(Key, machinesText, [hostIds, pairs.map(({ uuid }) => uuid), [...hosts.keys()]]);
    return moved.map(({ key }) => key);
  }

  /** Morefs of the VMs that are hosts of ours: those whose disks are worth a look every time. */
  async machinesIn(vcenterId: string): Promise<string[]> {
    return (await this.sql.many(Key, machinesInText, [vcenterId])).map(({ key }) => key);
  }

  /** A new version: whoever keeps an index fetches a fresh one. */
  bump(): Promise<void> {
    return this.sql.run('UPDATE map_version SET version = version + 1 WHERE id = 1');
  }

  /** Every LUN under the map of a vCenter. */
  async lunKeys(vcenterId: string): Promise<string[]> {
    const text = `SELECT DISTINCT lun_key AS key FROM map_extent WHERE vcenter_id = $1 AND lun_key <> ''`;
    return (await this.sql.many(Key, text, [vcenterId])).map(({ key }) => key);
  }

  private async keysOf(vcenterId: string, ids: readonly string[], vmfsUuids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    return (await this.sql.many(Key, keysText, [vcenterId, ids, vmfsUuids])).map(({ key }) => key);
  }

  private head(vcenterId: string, map: CompleteLunMap): Promise<void> {
    return this.sql.run(headText, [
      vcenterId,
      map.vcenterUuid,
      map.apiVersion,
      map.build,
      map.collectedAt,
      map.datastores.length,
      map.hosts.length,
      map.vms.length,
      areSnapshotsTold(map),
    ]);
  }
}

const areSnapshotsTold = ({ snapshots, needConsolidation }: CompleteLunMap): boolean =>
  snapshots !== undefined && needConsolidation !== undefined;
const toldText = `SELECT snapshots_told AS "snapshotsTold" FROM map_in_force WHERE vcenter_id = $1`;

const headText = `
  INSERT INTO map_in_force (vcenter_id, instance_uuid, api_version, build, collected_at, datastores, hosts, vms,
    snapshots_told)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (vcenter_id) DO UPDATE SET instance_uuid = excluded.instance_uuid, api_version = excluded.api_version,
    build = excluded.build, collected_at = excluded.collected_at, datastores = excluded.datastores,
    hosts = excluded.hosts, vms = excluded.vms, snapshots_told = excluded.snapshots_told`;

const machinesText = `
  WITH now_known AS (SELECT * FROM unnest($1::uuid[], $2::text[]) AS input(host_id, uuid)), gone AS (
    DELETE FROM host_uuid old WHERE old.host_id = ANY ($3::uuid[])
      AND NOT EXISTS (SELECT FROM now_known new WHERE (new.host_id, new.uuid) = (old.host_id, old.uuid))
    RETURNING old.host_id
  ), come AS (
    INSERT INTO host_uuid (uuid, host_id)
    SELECT uuid, host_id FROM now_known new
    WHERE NOT EXISTS (SELECT FROM host_uuid old WHERE (old.host_id, old.uuid) = (new.host_id, new.uuid))
    ON CONFLICT DO NOTHING RETURNING host_id
  )
  SELECT host_id AS key FROM gone UNION SELECT host_id FROM come`;

const machinesInText = `
  SELECT DISTINCT vm.id AS key FROM host_uuid machine
  JOIN map_vm vm ON vm.vcenter_id = $1
    AND (lower(vm.bios_uuid) = machine.uuid OR lower(vm.instance_uuid) = machine.uuid)
  WHERE NOT vm.is_template`;

const knownVmsText = `
  SELECT version.vm_id AS vm, version.change_version AS "changeVersion",
    (SELECT coalesce(json_agg(json_build_object('vm', raw.vm_id, 'lunUuid', raw.lun_uuid, 'keys', raw.keys,
        'compatibility', raw.compatibility)), '[]')
      FROM map_raw_mapping raw WHERE raw.vcenter_id = $1 AND raw.vm_id = version.vm_id) AS "rawMappings",
    (SELECT coalesce(json_agg(json_build_object('vm', disk.vm_id, 'file', disk.file, 'owner', disk.owner_id,
        'isIndependent', disk.is_independent, 'keys', disk.keys)), '[]')
      FROM map_foreign_disk disk WHERE disk.vcenter_id = $1 AND disk.vm_id = version.vm_id) AS "foreignDisks"
  FROM map_device_version version WHERE version.vcenter_id = $1`;

// A volume may be known to several vCenters: what changes in one changes the reach through the LUNs as all of them spell it.
const keysText = `
  SELECT DISTINCT lun_key AS key
  FROM map_extent extent JOIN map_datastore datastore
    ON datastore.vcenter_id = extent.vcenter_id AND datastore.id = extent.datastore_id
  WHERE lun_key <> '' AND (
    (extent.vcenter_id = $1 AND extent.datastore_id = ANY ($2))
    OR datastore.vmfs_uuid = ANY ($3)
    OR datastore.vmfs_uuid IN (SELECT vmfs_uuid FROM map_datastore WHERE vcenter_id = $1 AND id = ANY ($2)))`;

const vmsText = `
  WITH asked AS (
    SELECT datastore.* FROM map_datastore datastore JOIN map_in_force map USING (vcenter_id)
    WHERE map.instance_uuid || '/' || datastore.id = ANY ($1)
  ), datastores AS (
    SELECT * FROM asked
    UNION SELECT * FROM map_datastore WHERE vmfs_uuid IN (SELECT vmfs_uuid FROM asked)
  )
  SELECT map.instance_uuid || '/' || vm.id AS id, vm.name, min(vcenter.name) AS vcenter,
    array_agg(DISTINCT datastores.name ORDER BY datastores.name) AS datastores
  FROM datastores
  JOIN map_vm_datastore place ON place.vcenter_id = datastores.vcenter_id AND place.datastore_id = datastores.id
  JOIN map_vm vm ON vm.vcenter_id = place.vcenter_id AND vm.id = place.vm_id
  JOIN map_in_force map ON map.vcenter_id = vm.vcenter_id
  JOIN vcenter ON vcenter.id = vm.vcenter_id
  GROUP BY map.instance_uuid, vm.id, vm.name
  ORDER BY vm.name, map.instance_uuid, vm.id`;
