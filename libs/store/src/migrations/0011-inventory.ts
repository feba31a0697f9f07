import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the maps say of the machines that report: snapshots, who mounts what, paths, and by which UUID a host is found. */
export class Inventory1763800000011 implements MigrationInterface {
  name = 'Inventory1763800000011';

  async up(runner: QueryRunner): Promise<void> {
    // ESXi hosts that mount it, parted by spaces: as one text it is compared as cheaply as the name beside it.
    await runner.query(`ALTER TABLE map_datastore ADD COLUMN host_ids text NOT NULL DEFAULT ''`);
    await runner.query(`ALTER TABLE map_foreign_disk ADD COLUMN seen_since timestamptz NOT NULL DEFAULT now()`);
    await runner.query(`ALTER TABLE map_lun ADD COLUMN subsystem_nqn text`);
    await runner.query(`
      ALTER TABLE map_in_force
        ADD COLUMN snapshots_told boolean NOT NULL DEFAULT false,
        ADD COLUMN foreign_disks_told boolean NOT NULL DEFAULT false,
        ADD COLUMN detail_gaps jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`
      CREATE TABLE map_snapshot (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        vm_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('snapshot', 'consolidation')),
        name text NOT NULL,
        -- ISO instant; '' = not told.
        created_at text NOT NULL,
        is_left boolean NOT NULL,
        PRIMARY KEY (vcenter_id, vm_id, kind, name, created_at)
      )`);
    // VMs whose disks were read with the map in force.
    await runner.query(`
      CREATE TABLE map_watched (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        vm_id text NOT NULL,
        PRIMARY KEY (vcenter_id, vm_id)
      )`);
    await runner.query(`
      CREATE TABLE map_host_paths (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        host_id text NOT NULL,
        paths integer NOT NULL,
        PRIMARY KEY (vcenter_id, host_id)
      )`);
    await runner.query(`
      CREATE TABLE map_idle_path (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        host_id text NOT NULL,
        name text NOT NULL,
        state text NOT NULL,
        canonical_name text,
        PRIMARY KEY (vcenter_id, host_id, name)
      )`);
    // How a vCenter may call the machine of a host: every spelling of its UUID, in lower case.
    await runner.query(`
      CREATE TABLE host_uuid (
        uuid text NOT NULL,
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        PRIMARY KEY (uuid, host_id)
      )`);
    await runner.query(`CREATE INDEX host_uuid_host ON host_uuid (host_id)`);
    // Hosts of which the map itself says something else now, whatever LUNs they see.
    await runner.query(`ALTER TABLE map_change ADD COLUMN host_ids uuid[] NOT NULL DEFAULT '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE map_change DROP COLUMN host_ids`);
    for (const table of ['host_uuid', 'map_idle_path', 'map_host_paths', 'map_watched', 'map_snapshot'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`
      ALTER TABLE map_in_force DROP COLUMN snapshots_told, DROP COLUMN foreign_disks_told, DROP COLUMN detail_gaps`);
    await runner.query(`ALTER TABLE map_lun DROP COLUMN subsystem_nqn`);
    await runner.query(`ALTER TABLE map_foreign_disk DROP COLUMN seen_since`);
    await runner.query(`ALTER TABLE map_datastore DROP COLUMN host_ids`);
  }
}
