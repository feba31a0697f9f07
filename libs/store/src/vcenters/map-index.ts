import { type LunKey, LunKeySchema, type MapGap, MapGap as MapGapSchema } from '@lunwarden/contract';
import { z } from 'zod';
import { inSlices } from '../slices.js';
import { column } from '../sql.js';
import { partsOf } from './volume-parts.js';

/** A datastore on LUNs. Objects of one VMFS volume, in whatever vCenter, are one entry. */
export type IndexedDatastore = {
  /** `<vCenter instanceUuid>/<moref>`. */
  id: string;
  name: string;
  vcenter: string;
  vmfsUuid: string | null;
  /** Keys of each extent; empty = the extent's name joins nothing, so that it never counts as seen. */
  extents: LunKey[][];
  /** Distinct, `<vCenter instanceUuid>/<moref>`. */
  vmIds: string[];
  /** No host that mounts it is connected: what the vCenter says of it is from before. */
  isStale: boolean;
  /** The same VMFS volume lies on other LUNs too: a snapshot or replica, nobody can tell which of them. */
  isCopy: boolean;
  /** A LUN of it carries something else than in the map before, or has another size: not to be trusted before the next map. */
  isNewGeneration: boolean;
};

/** All that scoring needs of all maps in force, as they stood at one moment. */
export type MapIndexRows = {
  /** Grows with every map put in force, every attempt, and every vCenter added or removed. */
  version: number;
  vcenters: {
    id: string;
    name: string;
    /** null = there never was a complete map. */
    collectedAt: string | null;
    /** What the last attempt could not read, at most fifty. */
    gaps: MapGap[];
    /** It has no account: only files renew it. */
    isImported: boolean;
  }[];
  datastores: IndexedDatastore[];
};

const Raw = z.strictObject({
  vcenter: z.string(),
  instance: z.string(),
  id: z.string(),
  name: z.string(),
  vmfs: z.string().nullable(),
  extents: z.array(z.array(LunKeySchema)),
  vms: z.array(z.string()),
  stale: z.boolean(),
  unsettled: z.boolean(),
});

const Head = z.strictObject({
  version: z.int(),
  vcenters: z.array(
    z.strictObject({
      id: z.uuid(),
      name: z.string(),
      collectedAt: z
        .string()
        .transform((at) => new Date(at).toISOString())
        .nullable(),
      gaps: z.array(MapGapSchema),
      isImported: z.boolean(),
    }),
  ),
});

/** One row has the head, each of the others a datastore: what comes in many rows need not be read in one turn. */
export const IndexRow = z.strictObject({
  head: Head.nullable(),
  datastore: column.json.pipe(Raw).transform(datastoreOf).nullable(),
});

/** @returns null without a head */
export async function mapIndexOf(rows: readonly z.output<typeof IndexRow>[]): Promise<MapIndexRows | null> {
  const head = rows.find((row) => row.head !== null)?.head ?? null;
  if (head === null) return null;
  return { ...head, datastores: await uniteVolumes(rows.flatMap(({ datastore }) => datastore ?? [])) };
}

function datastoreOf(raw: z.output<typeof Raw>): IndexedDatastore {
  return {
    id: `${raw.instance}/${raw.id}`,
    name: raw.name,
    vcenter: raw.vcenter,
    vmfsUuid: raw.vmfs,
    extents: raw.extents,
    vmIds: raw.vms.map((vm) => `${raw.instance}/${vm}`),
    isStale: raw.stale,
    isCopy: false,
    isNewGeneration: raw.unsettled,
  };
}

/**
 * Who writes on a volume hits the VMs of everyone who mounts it, whichever vCenter they are registered in. Objects of one
 * volume on LUNs that have no key in common are copies: each stays an entry of its own, with the VMs of all, since
 * nobody can tell which of them the VMs run on.
 */
async function uniteVolumes(datastores: readonly IndexedDatastore[]): Promise<IndexedDatastore[]> {
  const volumes = new Map<string, IndexedDatastore[]>();
  await inSlices(datastores, (datastore) => {
    const key = datastore.vmfsUuid ?? datastore.id;
    const objects = volumes.get(key);
    if (objects === undefined) volumes.set(key, [datastore]);
    else objects.push(datastore);
  });
  return (await inSlices([...volumes.values()], placesOf)).flat();
}

function placesOf(objects: readonly IndexedDatastore[]): readonly IndexedDatastore[] {
  if (objects.length === 1) return objects;
  const places = partsOf(objects, ({ extents }) => extents.flat()).map((part) => part.reduce(united));
  if (places.length === 1) return places;
  const vmIds = [...new Set(places.flatMap((place) => place.vmIds))];
  return places.map((place) => ({ ...place, vmIds, isCopy: true }));
}

function united(known: IndexedDatastore, other: IndexedDatastore): IndexedDatastore {
  return {
    ...known,
    extents: other.extents.reduce<LunKey[][]>(withExtent, known.extents),
    vmIds: [...new Set([...known.vmIds, ...other.vmIds])],
    isStale: known.isStale && other.isStale,
    isNewGeneration: known.isNewGeneration || other.isNewGeneration,
  };
}

/** Two spellings of one extent become one set of keys; an extent that meets none of the known ones is a further one. */
function withExtent(extents: LunKey[][], keys: LunKey[]): LunKey[][] {
  const at = extents.findIndex((known) => known.some((key) => keys.includes(key)));
  const same = keys.length === 0 && extents.some((known) => known.length === 0);
  if (at === -1) return same ? extents : [...extents, keys];
  return extents.map((known, index) => (index === at ? [...new Set([...known, ...keys])] : known));
}

/** One statement, so that datastores and VMs of two different maps are never mixed. */
export const indexText = `
  SELECT NULL AS datastore, json_build_object('version', version, 'vcenters', (
      SELECT coalesce(json_agg(json_build_object(
        'id', vcenter.id, 'name', vcenter.name, 'collectedAt', map.collected_at, 'isImported', vcenter.username IS NULL,
        'gaps', coalesce(jsonb_path_query_array(last.gaps, '$[0 to 49]'), '[]'))
        ORDER BY vcenter.name), '[]')
      FROM vcenter
      LEFT JOIN map_in_force map ON map.vcenter_id = vcenter.id
      LEFT JOIN LATERAL (
        SELECT gaps FROM map_attempt WHERE vcenter_id = vcenter.id ORDER BY started_at DESC LIMIT 1) last ON true
    )) AS head
  FROM map_version WHERE id = 1
  UNION ALL (
    SELECT json_build_object(
      'vcenter', vcenter.name, 'instance', map.instance_uuid, 'id', datastore.id, 'name', datastore.name,
      'vmfs', datastore.vmfs_uuid, 'extents', extents.keys, 'vms', ARRAY(
        SELECT vm_id FROM map_vm_datastore place
        WHERE place.vcenter_id = datastore.vcenter_id AND place.datastore_id = datastore.id ORDER BY vm_id),
      'stale', datastore.is_stale, 'unsettled', extents.unsettled)::text, NULL
    FROM map_datastore datastore
    JOIN vcenter ON vcenter.id = datastore.vcenter_id
    JOIN map_in_force map ON map.vcenter_id = datastore.vcenter_id
    -- Each datastore by its key: joined with all that are grouped, one wrong guess groups all of them for each datastore.
    CROSS JOIN LATERAL (
      SELECT json_agg(keys ORDER BY extent) AS keys, bool_or(unsettled) AS unsettled
      FROM (
        SELECT extent, coalesce(json_agg(lun_key ORDER BY lun_key) FILTER (WHERE lun_key <> ''), '[]') AS keys,
          bool_or(NOT coalesce(generation.is_settled, true)) AS unsettled
        FROM map_extent LEFT JOIN map_lun_generation generation USING (vcenter_id, lun_key)
        WHERE vcenter_id = datastore.vcenter_id AND datastore_id = datastore.id
        GROUP BY extent
      ) extent
    ) extents
    WHERE extents.keys IS NOT NULL
    ORDER BY vcenter.name, datastore.name, datastore.id
  )`;
