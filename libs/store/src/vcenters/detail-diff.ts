import type { LunMap, MapDetails } from '@lunwarden/contract';
import type { Sql } from '../sql.js';
import { diffOf, writeRows } from './rows-diff.js';

/** Makes the rows of LUNs, raw mappings, adapters and foreign disks equal to the map. @returns rows written. */
export async function writeDetails(sql: Sql, vcenterId: string, map: LunMap, details: MapDetails): Promise<number> {
  const write = (text: string, rows: readonly unknown[]) => writeRows(sql, text, vcenterId, rows);
  const rows = [
    await write(lunText, details.luns.map(lunRow)),
    await write(rawMappingText, details.rawMappings.map(rawMappingRow)),
    await write(adapterText, details.adapters.map(adapterRow)),
    await write(foreignDiskText, (details.foreignDisks ?? []).map(foreignDiskRow)),
    await write(
      pathText,
      (details.paths ?? []).map(({ host, paths }) => ({ host_id: host, paths })),
    ),
    await write(idlePathText, (details.paths ?? []).flatMap(idlePathRows)),
    await write(versionText, map.vms.flatMap(versionRow)),
  ];
  await sql.run(
    `UPDATE map_in_force SET details_at = $2, foreign_disks_told = $3, detail_gaps = $4 WHERE vcenter_id = $1`,
    [vcenterId, map.collectedAt, details.foreignDisks !== undefined, JSON.stringify(details.gaps ?? [])],
  );
  return rows.reduce((sum, one) => sum + one, 0);
}

const sorted = (texts: readonly string[]): string[] => [...texts].sort();

const lunRow = (lun: MapDetails['luns'][number]) => ({
  canonical_name: lun.canonicalName,
  host_id: lun.keys.length === 0 ? (lun.seenBy[0] ?? '') : '',
  uuid: lun.uuid,
  keys: sorted(lun.keys),
  vendor: lun.vendor,
  model: lun.model,
  capacity_bytes: lun.capacityBytes,
  is_local: lun.isLocal,
  seen_by: sorted(lun.seenBy),
  is_stale: false,
  subsystem_nqn: lun.subsystemNqn ?? null,
});
const rawMappingRow = ({ vm, lunUuid, keys, compatibility }: MapDetails['rawMappings'][number]) => ({
  vm_id: vm,
  lun_uuid: lunUuid,
  keys: sorted(keys),
  compatibility,
});
const adapterRow = ({ host, device, kind, names }: MapDetails['adapters'][number]) => ({
  host_id: host,
  device,
  kind,
  names: sorted(names),
});
const foreignDiskRow = ({ vm, file, owner, isIndependent, keys }: NonNullable<MapDetails['foreignDisks']>[number]) => ({
  vm_id: vm,
  file,
  owner_id: owner,
  is_independent: isIndependent,
  keys: sorted(keys),
});
const idlePathRows = ({ host, notWorking }: NonNullable<MapDetails['paths']>[number]) =>
  notWorking.map(({ name, state, canonicalName }) => ({ host_id: host, name, state, canonical_name: canonicalName }));
const versionRow = ({ id, changeVersion }: LunMap['vms'][number]) =>
  changeVersion === null ? [] : [{ vm_id: id, change_version: changeVersion }];

// Of the hosts that told of a LUN some are away and none is connected: it may well be there still.
const onlyAwayHosts = `EXISTS (
      SELECT FROM map_host host WHERE host.vcenter_id = $1 AND host.id = ANY (gone.seen_by))
    AND NOT EXISTS (
      SELECT FROM map_host host
      WHERE host.vcenter_id = $1 AND host.id = ANY (gone.seen_by) AND host.connection_state = 'connected')`;

const lunText = diffOf({
  name: 'map_lun',
  key: { canonical_name: 'text', host_id: 'text' },
  rest: {
    uuid: 'text',
    keys: 'text[]',
    vendor: 'text',
    model: 'text',
    capacity_bytes: 'numeric(20)',
    is_local: 'boolean',
    seen_by: 'text[]',
    is_stale: 'boolean',
    subsystem_nqn: 'text',
  },
  keep: onlyAwayHosts,
});
const rawMappingText = diffOf({
  name: 'map_raw_mapping',
  key: { vm_id: 'text', lun_uuid: 'text' },
  rest: { keys: 'text[]', compatibility: 'text' },
});
const adapterText = diffOf({
  name: 'map_adapter',
  key: { host_id: 'text', device: 'text' },
  rest: { kind: 'text', names: 'text[]' },
});
const pathText = diffOf({ name: 'map_host_paths', key: { host_id: 'text' }, rest: { paths: 'integer' } });
const idlePathText = diffOf({
  name: 'map_idle_path',
  key: { host_id: 'text', name: 'text' },
  rest: { state: 'text', canonical_name: 'text' },
});
const foreignDisks = {
  name: 'map_foreign_disk',
  key: { vm_id: 'text', file: 'text' },
  rest: { owner_id: 'text', is_independent: 'boolean', keys: 'text[]' },
};
const foreignDiskText = diffOf(foreignDisks);
const watchedText = diffOf({ name: 'map_watched', key: { vm_id: 'text' }, rest: {} });
const watchedDiskText = diffOf({
  ...foreignDisks,
  keep: 'gone.vm_id NOT IN (SELECT vm_id FROM map_watched WHERE vcenter_id = $1)',
});

/**
 * Notes which VMs had their disks read with this map, and what hangs on them. With the details those of all VMs were
 * read. @returns rows written.
 */
export async function writeWatched(sql: Sql, vcenterId: string, { watched, details }: LunMap): Promise<number> {
  const vms = details === undefined ? (watched?.vms ?? []) : [];
  const rows = await writeRows(
    sql,
    watchedText,
    vcenterId,
    vms.map((vm_id) => ({ vm_id })),
  );
  if (vms.length === 0) return rows;
  const disks = (watched?.foreignDisks ?? []).map(foreignDiskRow);
  return rows + (await writeRows(sql, watchedDiskText, vcenterId, disks));
}
const versionText = diffOf({
  name: 'map_device_version',
  key: { vm_id: 'text' },
  rest: { change_version: 'text' },
});

/** LUNs of which every host that told of them is away: they are as they were then. @returns rows written. */
export const staleLunsText = `
  WITH written AS (
    UPDATE map_lun gone SET is_stale = true
    WHERE vcenter_id = $1 AND NOT is_stale AND ${onlyAwayHosts}
    RETURNING 1
  )
  SELECT count(*)::int AS rows FROM written`;
