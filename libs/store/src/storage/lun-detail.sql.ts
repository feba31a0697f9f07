/** Devices of the volume that a datastore object is one of, in whatever vCenter. */
const devices = `
  asked AS (
    SELECT datastore.vcenter_id, datastore.id, datastore.vmfs_uuid FROM map_datastore datastore
    JOIN map_in_force map USING (vcenter_id) WHERE map.instance_uuid || '/' || datastore.id = $1
  ), device AS (
    SELECT DISTINCT extent.vcenter_id, extent.disk_name FROM map_extent extent
    JOIN map_datastore datastore ON datastore.vcenter_id = extent.vcenter_id AND datastore.id = extent.datastore_id
    WHERE (extent.vcenter_id, extent.datastore_id) IN (SELECT vcenter_id, id FROM asked)
      OR datastore.vmfs_uuid IN (SELECT vmfs_uuid FROM asked)
  )`;

export const idlePathsText = `
  WITH ${devices}
  SELECT device.disk_name AS "diskName", coalesce(host.name, path.host_id) AS host, vcenter.name AS vcenter, path.name,
    path.state
  FROM device
  JOIN map_idle_path path ON path.vcenter_id = device.vcenter_id AND path.canonical_name = device.disk_name
  JOIN vcenter ON vcenter.id = device.vcenter_id
  LEFT JOIN map_host host ON host.vcenter_id = path.vcenter_id AND host.id = path.host_id
  ORDER BY device.disk_name, host.name, path.name LIMIT $2`;

export const hardwareText = `
  WITH ${devices}
  SELECT DISTINCT ON (device.disk_name) device.disk_name AS "diskName", lun.vendor, lun.model,
    lun.subsystem_nqn AS "subsystemNqn"
  FROM device
  JOIN map_lun lun ON lun.vcenter_id = device.vcenter_id AND lun.canonical_name = device.disk_name AND lun.host_id = ''
  ORDER BY device.disk_name, lun.is_stale`;
