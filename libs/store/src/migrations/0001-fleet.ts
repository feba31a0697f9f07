import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  // Who enrolled. A host leaves the totals only by being retired.
  `CREATE TABLE host (
     id uuid PRIMARY KEY,
     hostname text NOT NULL,
     platform text NOT NULL,
     install_id uuid NOT NULL,
     enrolled_at timestamptz NOT NULL DEFAULT now(),
     retired_at timestamptz
   )`,
  // One narrow row a host, rewritten by every report: room in the page keeps the rewrite free of index work.
  `CREATE TABLE host_seen (
     host_id uuid PRIMARY KEY REFERENCES host ON DELETE CASCADE,
     last_seen_at timestamptz NOT NULL,
     observed_at timestamptz,
     report_ms bigint,
     map_until timestamptz,
     calendar_until timestamptz,
     other_until timestamptz,
     prolonged_at timestamptz,
     boot_id uuid NOT NULL,
     seq integer NOT NULL,
     content_hash bytea NOT NULL,
     identity_conflict boolean NOT NULL DEFAULT false
   ) WITH (fillfactor = 70)`,
  // Boots that this host has left: one that speaks again means that two machines share a key.
  `CREATE TABLE host_boot (
     host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
     boot_id uuid NOT NULL,
     left_at timestamptz NOT NULL,
     PRIMARY KEY (host_id, boot_id)
   )`,
  `CREATE TABLE report_receipt (
     host_id uuid NOT NULL,
     report_id uuid NOT NULL,
     content_hash bytea NOT NULL,
     received_at timestamptz NOT NULL,
     PRIMARY KEY (host_id, report_id)
   )`,
  `CREATE TABLE report (
     host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
     report_id uuid NOT NULL,
     received_at timestamptz NOT NULL,
     observed_at timestamptz,
     in_force boolean NOT NULL,
     document bytea NOT NULL,
     remembered jsonb,
     PRIMARY KEY (host_id, report_id)
   )`,
  // Documents arrive compressed: squeezing them again would only cost.
  `ALTER TABLE report ALTER COLUMN document SET STORAGE EXTERNAL`,
  `CREATE UNIQUE INDEX report_in_force ON report (host_id) WHERE in_force`,
  // LUN sightings are intervals: what did not change is not written.
  `CREATE TABLE sighting (
     host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
     lun_key text NOT NULL,
     since timestamptz NOT NULL,
     until timestamptz,
     PRIMARY KEY (host_id, lun_key, since)
   )`,
  `CREATE INDEX sighting_now ON sighting (lun_key) WHERE until IS NULL`,
  `CREATE TABLE assessment (
     host_id uuid PRIMARY KEY REFERENCES host ON DELETE CASCADE,
     level text NOT NULL,
     score real NOT NULL,
     body jsonb NOT NULL,
     summary jsonb NOT NULL
   ) WITH (fillfactor = 80)`,
  `CREATE TABLE assessment_history (
     host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
     at timestamptz NOT NULL,
     level text NOT NULL,
     score real NOT NULL,
     reason text,
     PRIMARY KEY (host_id, at)
   )`,
  // A bigserial shows later numbers before earlier ones commit; this row is taken inside the transaction, last.
  `CREATE TABLE change_counter (
     id integer PRIMARY KEY CHECK (id = 1),
     seq bigint NOT NULL
   ) WITH (fillfactor = 10)`,
  `INSERT INTO change_counter (id, seq) VALUES (1, 0)`,
  `CREATE TABLE change (
     seq bigint PRIMARY KEY,
     body jsonb NOT NULL
   )`,
  // The one figure of the fleet that is no sum over hosts: distinct VMs at risk.
  `CREATE TABLE fleet_blast (
     id integer PRIMARY KEY CHECK (id = 1),
     vms_at_risk integer NOT NULL,
     is_complete boolean NOT NULL
   )`,
  `INSERT INTO fleet_blast (id, vms_at_risk, is_complete) VALUES (1, 0, false)`,
  `CREATE TABLE fleet_day (
     day date PRIMARY KEY,
     levels jsonb NOT NULL,
     vms_at_risk integer NOT NULL
   )`,
  `CREATE TABLE job_run (
     job text NOT NULL,
     slot text NOT NULL,
     owner text NOT NULL,
     started_at timestamptz NOT NULL DEFAULT now(),
     finished_at timestamptz,
     outcome text,
     PRIMARY KEY (job, slot)
   )`,
];

/** Hosts, their reports, what they see, what is held of them, and the numbered stream of changes. */
export class Fleet1763800000001 implements MigrationInterface {
  name = 'Fleet1763800000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const names = tables.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    await runner.query(`DROP TABLE ${names.reverse().join(', ')}`);
  }
}
