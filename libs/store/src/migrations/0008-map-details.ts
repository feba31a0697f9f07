import type { MigrationInterface, QueryRunner } from 'typeorm';

/** LUNs, adapters and disks of the maps in force, what a LUN carried before, and maps that wait for a person's word. */
export class MapDetails1763800000008 implements MigrationInterface {
  name = 'MapDetails1763800000008';

  async up(runner: QueryRunner): Promise<void> {
    // When LUNs, adapters and disks are to be read with the map; how many hosts a person said are right.
    await runner.query(`
      ALTER TABLE vcenter_collection
        ADD COLUMN details_due_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN confirmed_hosts integer`);
    // No host that mounts it is connected: what the vCenter says of it is what it knew when one was.
    await runner.query(`ALTER TABLE map_datastore ADD COLUMN is_stale boolean NOT NULL DEFAULT false`);
    await runner.query(`ALTER TABLE map_in_force ADD COLUMN details_at timestamptz`);
    // What lay on a LUN the last time, kept also when it is gone: an identifier may come back with something else on it.
    await runner.query(`
      CREATE TABLE map_lun_generation (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        lun_key text NOT NULL,
        identity text NOT NULL,
        capacity_bytes numeric(20),
        generation integer NOT NULL DEFAULT 1,
        is_settled boolean NOT NULL DEFAULT true,
        PRIMARY KEY (vcenter_id, lun_key)
      )`);
    await runner.query(`
      CREATE TABLE map_lun (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        canonical_name text NOT NULL,
        -- A name such as mpx. is another LUN on each host; '' = the same everywhere.
        host_id text NOT NULL,
        uuid text NOT NULL,
        keys text[] NOT NULL,
        vendor text NOT NULL,
        model text NOT NULL,
        capacity_bytes numeric(20),
        is_local boolean NOT NULL,
        seen_by text[] NOT NULL,
        is_stale boolean NOT NULL,
        PRIMARY KEY (vcenter_id, canonical_name, host_id)
      )`);
    await runner.query(`CREATE INDEX map_lun_keys ON map_lun USING gin (keys)`);
    await runner.query(`
      CREATE TABLE map_raw_mapping (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        vm_id text NOT NULL,
        lun_uuid text NOT NULL,
        keys text[] NOT NULL,
        compatibility text NOT NULL,
        PRIMARY KEY (vcenter_id, vm_id, lun_uuid)
      )`);
    await runner.query(`
      CREATE TABLE map_adapter (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        host_id text NOT NULL,
        device text NOT NULL,
        kind text NOT NULL,
        names text[] NOT NULL,
        PRIMARY KEY (vcenter_id, host_id, device)
      )`);
    await runner.query(`
      CREATE TABLE map_foreign_disk (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        vm_id text NOT NULL,
        file text NOT NULL,
        owner_id text,
        is_independent boolean NOT NULL,
        keys text[] NOT NULL,
        PRIMARY KEY (vcenter_id, vm_id, file)
      )`);
    // At which version of its configuration the devices of a VM were read.
    await runner.query(`
      CREATE TABLE map_device_version (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        vm_id text NOT NULL,
        change_version text NOT NULL,
        PRIMARY KEY (vcenter_id, vm_id)
      )`);
    // Which datastores a VM of a cluster can have disks on; a host without a cluster stands alone under its own id.
    await runner.query(`
      CREATE TABLE map_cluster_datastore (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        cluster_key text NOT NULL,
        datastore_id text NOT NULL,
        is_everywhere boolean NOT NULL,
        PRIMARY KEY (vcenter_id, cluster_key, datastore_id)
      )`);
    await runner.query(`CREATE INDEX map_vm_bios ON map_vm (lower(bios_uuid)) WHERE bios_uuid IS NOT NULL`);
    await runner.query(`CREATE INDEX map_vm_instance ON map_vm (lower(instance_uuid)) WHERE instance_uuid IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX map_vm_bios, map_vm_instance`);
    for (const table of [
      'map_cluster_datastore',
      'map_device_version',
      'map_foreign_disk',
      'map_adapter',
      'map_raw_mapping',
      'map_lun',
      'map_lun_generation',
    ])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`ALTER TABLE map_in_force DROP COLUMN details_at`);
    await runner.query(`ALTER TABLE map_datastore DROP COLUMN is_stale`);
    await runner.query(`ALTER TABLE vcenter_collection DROP COLUMN details_due_at, DROP COLUMN confirmed_hosts`);
  }
}
