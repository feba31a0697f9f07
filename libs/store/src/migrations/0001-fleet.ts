import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hosts, their reports, what they see, what is held of them, and the numbered stream of changes. */
export class Fleet1763800000001 implements MigrationInterface {
  name = 'Fleet1763800000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE host (
        id uuid PRIMARY KEY,
        hostname text NOT NULL,
        platform text NOT NULL,
        install_id uuid NOT NULL,
        enrolled_at timestamptz NOT NULL DEFAULT now(),
        retired_at timestamptz
      )`);
    // One narrow row a host, rewritten by every report: room in the page keeps the rewrite free of index work.
    await runner.query(`
      CREATE TABLE host_seen (
        host_id uuid PRIMARY KEY REFERENCES host ON DELETE CASCADE,
        last_seen_at timestamptz NOT NULL,
        observed_at timestamptz,
        report_ms bigint,
        other_until timestamptz,
        boot_id uuid NOT NULL,
        seq integer NOT NULL,
        content_hash bytea NOT NULL,
        identity_conflict boolean NOT NULL DEFAULT false
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE TABLE report_receipt (
        host_id uuid NOT NULL,
        report_id uuid NOT NULL,
        content_hash bytea NOT NULL,
        received_at timestamptz NOT NULL,
        PRIMARY KEY (host_id, report_id)
      )`);
    await runner.query(`
      CREATE TABLE report (
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        received_at timestamptz NOT NULL,
        report_id uuid NOT NULL,
        observed_at timestamptz,
        in_force boolean NOT NULL,
        body jsonb NOT NULL,
        PRIMARY KEY (host_id, received_at, report_id)
      )`);
    await runner.query(`CREATE UNIQUE INDEX report_in_force ON report (host_id) WHERE in_force`);
    // LUN sightings are intervals: what did not change is not written.
    await runner.query(`
      CREATE TABLE sighting (
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        lun_key text NOT NULL,
        since timestamptz NOT NULL,
        until timestamptz,
        PRIMARY KEY (host_id, lun_key, since)
      )`);
    await runner.query(`CREATE INDEX sighting_now ON sighting (lun_key) WHERE until IS NULL`);
    await runner.query(`
      CREATE TABLE assessment (
        host_id uuid PRIMARY KEY REFERENCES host ON DELETE CASCADE,
        level text NOT NULL,
        score real NOT NULL,
        body jsonb NOT NULL,
        summary jsonb NOT NULL
      ) WITH (fillfactor = 80)`);
    await runner.query(`
      CREATE TABLE assessment_history (
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        at timestamptz NOT NULL,
        level text NOT NULL,
        score real NOT NULL,
        reason text,
        PRIMARY KEY (host_id, at)
      )`);
    await runner.query(
      `CREATE TABLE change_counter (id integer PRIMARY KEY CHECK (id = 1), seq bigint NOT NULL) WITH (fillfactor = 10)`,
    );
    await runner.query(`INSERT INTO change_counter (id, seq) VALUES (1, 0)`);
    await runner.query(`
      CREATE TABLE change (
        seq bigint PRIMARY KEY,
        at timestamptz NOT NULL,
        kind text NOT NULL,
        host_id uuid,
        body jsonb NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE fleet_day (
        day date PRIMARY KEY,
        levels jsonb NOT NULL,
        vms_at_risk integer NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE job_run (
        job text NOT NULL,
        slot text NOT NULL,
        owner text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        outcome text,
        PRIMARY KEY (job, slot)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'job_run',
      'fleet_day',
      'change',
      'change_counter',
      'assessment_history',
      'assessment',
      'sighting',
      'report',
      'report_receipt',
      'host_seen',
      'host',
    ])
      await runner.query(`DROP TABLE ${table}`);
  }
}
