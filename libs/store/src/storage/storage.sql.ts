/** Every datastore object of a map in force with the volume that it is one object of. */
const objects = `
  object AS (
    SELECT datastore.vcenter_id, datastore.id AS moref, map.instance_uuid || '/' || datastore.id AS id, datastore.name,
      vcenter.name AS vcenter, datastore.type, datastore.vmfs_uuid, datastore.capacity_bytes, datastore.accessible,
      datastore.is_stale,
      map.collected_at, coalesce(datastore.vmfs_uuid, map.instance_uuid || '/' || datastore.id) AS volume
    FROM map_datastore datastore
    JOIN vcenter ON vcenter.id = datastore.vcenter_id
    JOIN map_in_force map ON map.vcenter_id = datastore.vcenter_id
  )`;

// $1 id, $2 part of a name or key, $3 vCenter, $4 type, $5 seen, $6 and $7 name and id of the last one before, $8 limit.
// The order inside a volume is that of the index of the maps, so that a volume has the same id in both.
export const pageText = `
  WITH ${objects}, volume AS (
    SELECT volume, (array_agg(id ORDER BY vcenter, name, moref))[1] AS id,
      (array_agg(name ORDER BY vcenter, name, moref))[1] AS name,
      array_agg(DISTINCT vcenter) AS vcenters, min(type) AS type, min(vmfs_uuid) AS vmfs_uuid,
      max(capacity_bytes) AS capacity_bytes, bool_or(accessible) AS accessible, min(collected_at) AS collected_at,
      bool_and(is_stale) AS is_stale
    FROM object GROUP BY volume
  ), seen AS (
    SELECT DISTINCT object.volume, sighting.host_id
    FROM object
    JOIN map_extent extent ON extent.vcenter_id = object.vcenter_id AND extent.datastore_id = object.moref
    JOIN sighting ON sighting.lun_key = extent.lun_key AND sighting.until IS NULL
    JOIN host ON host.id = sighting.host_id AND host.retired_at IS NULL
    WHERE extent.lun_key <> ''
  ), matching AS (
    SELECT volume.* FROM volume
    WHERE ($1::text IS NULL OR volume IN (SELECT volume FROM object WHERE object.id = $1))
      AND ($3::text IS NULL OR $3 = ANY (vcenters))
      AND ($4::text IS NULL OR type = $4)
      AND ($5::text IS NULL OR ($5 = 'yes') = EXISTS (SELECT FROM seen WHERE seen.volume = volume.volume))
      AND ($2::text IS NULL OR EXISTS (
        SELECT FROM object
        LEFT JOIN map_extent extent ON extent.vcenter_id = object.vcenter_id AND extent.datastore_id = object.moref
        WHERE object.volume = volume.volume AND (
          strpos(lower(object.name), lower($2)) > 0 OR strpos(lower(extent.disk_name), lower($2)) > 0
          OR strpos(extent.lun_key, lower($2)) > 0)))
  ), page AS (
    SELECT * FROM matching
    WHERE $6::text IS NULL OR (name, id) > ($6, $7)
    ORDER BY name, id LIMIT $8
  ), lun AS (
    SELECT volume, json_agg(json_build_object('diskName', disk_name, 'keys', keys) ORDER BY disk_name) AS luns
    FROM (
      SELECT object.volume, extent.disk_name,
        coalesce(json_agg(DISTINCT extent.lun_key) FILTER (WHERE extent.lun_key <> ''), '[]') AS keys
      FROM page JOIN object USING (volume)
      JOIN map_extent extent ON extent.vcenter_id = object.vcenter_id AND extent.datastore_id = object.moref
      GROUP BY object.volume, extent.disk_name
    ) device GROUP BY volume
  ), vm AS (
    SELECT volume, count(DISTINCT (place.vcenter_id, place.vm_id))::int AS vms
    FROM page JOIN object USING (volume)
    JOIN map_vm_datastore place ON place.vcenter_id = object.vcenter_id AND place.datastore_id = object.moref
    GROUP BY volume
  ), sight AS (
    SELECT volume, json_agg(host_id ORDER BY host_id) AS host_ids FROM page JOIN seen USING (volume) GROUP BY volume
  ), keyed AS (
    SELECT object.volume, array_agg(DISTINCT extent.lun_key) AS keys,
      bool_or(NOT coalesce(generation.is_settled, true)) AS is_new
    FROM page JOIN object USING (volume)
    JOIN map_extent extent ON extent.vcenter_id = object.vcenter_id AND extent.datastore_id = object.moref
    LEFT JOIN map_lun_generation generation
      ON generation.vcenter_id = extent.vcenter_id AND generation.lun_key = extent.lun_key
    WHERE extent.lun_key <> ''
    GROUP BY object.volume, object.id
  ), doubt AS (
    SELECT page.volume, coalesce(bool_or(keyed.is_new), false) AS is_new,
      coalesce(json_agg(keyed.keys) FILTER (WHERE keyed.volume IS NOT NULL), '[]') AS objects
    FROM page LEFT JOIN keyed USING (volume) GROUP BY page.volume
  )
  SELECT (SELECT count(*) FROM matching)::int AS total,
    coalesce(json_agg(json_build_object(
      'id', page.id, 'name', page.name, 'vcenters', page.vcenters, 'type', page.type, 'vmfsUuid', page.vmfs_uuid,
      'capacityBytes', page.capacity_bytes::text, 'accessible', page.accessible, 'mapCollectedAt', page.collected_at,
      'vms', coalesce(vm.vms, 0), 'luns', coalesce(lun.luns, '[]'), 'hostIds', coalesce(sight.host_ids, '[]'),
      'isStale', page.is_stale, 'isNew', doubt.is_new, 'objectKeys', doubt.objects)
      ORDER BY page.name, page.id), '[]') AS volumes
  FROM page JOIN doubt USING (volume) LEFT JOIN lun USING (volume) LEFT JOIN vm USING (volume) LEFT JOIN sight USING (volume)`;

export const vmsText = `
  WITH ${objects}, vm AS (
    SELECT DISTINCT vm.name, object.vcenter, vm.vcenter_id, vm.id
    FROM object
    JOIN map_vm_datastore place ON place.vcenter_id = object.vcenter_id AND place.datastore_id = object.moref
    JOIN map_vm vm ON vm.vcenter_id = place.vcenter_id AND vm.id = place.vm_id
    WHERE object.volume IN (SELECT volume FROM object WHERE id = $1)
  )
  SELECT name, vcenter FROM vm ORDER BY name, vcenter_id, id LIMIT $2`;

// Volumes of which two objects do not lie on the same keys: only these may be copies, see `partsOf`. A device whose name joins
// nothing cannot be told from another.
export const copiesText = `
  WITH ${objects}, keyed AS (
    SELECT object.volume, object.id, object.name, object.vcenter, array_agg(DISTINCT extent.lun_key) AS keys,
      array_agg(DISTINCT extent.disk_name) AS disks
    FROM object
    JOIN map_extent extent ON extent.vcenter_id = object.vcenter_id AND extent.datastore_id = object.moref
    WHERE object.vmfs_uuid IS NOT NULL AND extent.lun_key <> ''
    GROUP BY object.volume, object.id, object.name, object.vcenter
  )
  SELECT volume AS "vmfsUuid", json_agg(json_build_object(
      'id', id, 'name', name, 'vcenter', vcenter, 'diskNames', disks, 'keys', keys) ORDER BY vcenter, name, id) AS volumes
  FROM keyed
  GROUP BY volume HAVING count(DISTINCT keys) > 1 ORDER BY volume`;

export const hostsSeeingStrangersText = `
  SELECT host.id FROM assessment JOIN host ON host.id = assessment.host_id AND host.retired_at IS NULL
  WHERE assessment.unmapped_luns > 0 ORDER BY host.hostname`;
