import type { MigrationInterface, QueryRunner } from 'typeorm';

/** vCenters, their credentials, the map in force of each, and every attempt to fetch one. */
export class Vcenters1763800000003 implements MigrationInterface {
  name = 'Vcenters1763800000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE vcenter (
        id uuid PRIMARY KEY,
        name text NOT NULL CONSTRAINT vcenter_name UNIQUE,
        url text NOT NULL CONSTRAINT vcenter_url UNIQUE,
        username text NOT NULL,
        trust jsonb NOT NULL,
        secret_key_id text NOT NULL,
        secret_wrapped_key bytea NOT NULL,
        secret_sealed bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    // When the next attempt is due (null = only by hand) and who is at it; a lease ends by itself when its owner dies.
    await runner.query(`
      CREATE TABLE vcenter_collection (
        vcenter_id uuid PRIMARY KEY REFERENCES vcenter ON DELETE CASCADE,
        due_at timestamptz,
        failures integer NOT NULL DEFAULT 0,
        lease_owner uuid,
        lease_until timestamptz
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE map_attempt (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        started_at timestamptz NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('in-force', 'incomplete', 'needs-confirmation', 'failed')),
        duration_ms bigint NOT NULL,
        counts jsonb,
        gaps jsonb NOT NULL,
        gap_count integer NOT NULL,
        error_code text,
        error text,
        PRIMARY KEY (vcenter_id, started_at)
      )`);
    await runner.query(`
      CREATE TABLE map_in_force (
        vcenter_id uuid PRIMARY KEY REFERENCES vcenter ON DELETE CASCADE,
        instance_uuid text NOT NULL,
        api_version text NOT NULL,
        build text NOT NULL,
        collected_at timestamptz NOT NULL,
        datastores integer NOT NULL,
        hosts integer NOT NULL,
        vms integer NOT NULL
      ) WITH (fillfactor = 50)`);
    // The rows of the maps in force. No free space, no mounts: nobody asks for them,
    // and what moves by itself would rewrite the rows every time.
    await runner.query(`
      CREATE TABLE map_datastore (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        id text NOT NULL,
        name text NOT NULL,
        path text NOT NULL,
        type text NOT NULL,
        vmfs_uuid text,
        capacity_bytes numeric(20),
        accessible boolean NOT NULL,
        PRIMARY KEY (vcenter_id, id)
      )`);
    await runner.query(`CREATE INDEX map_datastore_vmfs ON map_datastore (vmfs_uuid) WHERE vmfs_uuid IS NOT NULL`);
    // One row a key. An extent whose name joins nothing has one row with the key '': it can never count as seen.
    await runner.query(`
      CREATE TABLE map_extent (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        datastore_id text NOT NULL,
        extent integer NOT NULL,
        disk_name text NOT NULL,
        lun_key text NOT NULL,
        PRIMARY KEY (vcenter_id, datastore_id, extent, lun_key)
      )`);
    await runner.query(`CREATE INDEX map_extent_lun ON map_extent (lun_key) WHERE lun_key <> ''`);
    await runner.query(`
      CREATE TABLE map_host (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        id text NOT NULL,
        name text NOT NULL,
        cluster text,
        datacenter text,
        connection_state text NOT NULL,
        in_maintenance_mode boolean NOT NULL,
        version text,
        build text,
        hardware_uuid text,
        PRIMARY KEY (vcenter_id, id)
      )`);
    await runner.query(`
      CREATE TABLE map_vm (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        id text NOT NULL,
        name text NOT NULL,
        host_id text,
        instance_uuid text,
        bios_uuid text,
        is_template boolean NOT NULL,
        PRIMARY KEY (vcenter_id, id)
      )`);
    await runner.query(`
      CREATE TABLE map_vm_datastore (
        vcenter_id uuid NOT NULL REFERENCES vcenter ON DELETE CASCADE,
        datastore_id text NOT NULL,
        vm_id text NOT NULL,
        PRIMARY KEY (vcenter_id, datastore_id, vm_id)
      )`);
    // A row and not a sequence: a sequence moves before the change that it announces can be read.
    await runner.query(`CREATE TABLE map_version (id integer PRIMARY KEY CHECK (id = 1), version bigint NOT NULL)`);
    await runner.query(`INSERT INTO map_version (id, version) VALUES (1, 0)`);
    // Written with the map and deleted when every verdict that it touches was made again, so that a crash between forgets nothing.
    await runner.query(`
      CREATE TABLE map_change (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        vcenter_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('added', 'first-map', 'map', 'removed')),
        lun_keys text[] NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'map_change',
      'map_version',
      'map_vm_datastore',
      'map_vm',
      'map_host',
      'map_extent',
      'map_datastore',
      'map_in_force',
      'map_attempt',
      'vcenter_collection',
      'vcenter',
    ])
      await runner.query(`DROP TABLE ${table}`);
  }
}
