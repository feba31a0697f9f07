import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When hosts may be patched, who asked them for fresh facts, and who took a risk against the gate. No verdict is kept. */
export class Gate1763800000006 implements MigrationInterface {
  name = 'Gate1763800000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE change_window (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL CONSTRAINT change_window_ends_check CHECK (ends_at > starts_at),
        time_zone text NOT NULL,
        host_ids uuid[],
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        removed_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE preflight (
        id uuid PRIMARY KEY,
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        nonce text NOT NULL CONSTRAINT preflight_nonce UNIQUE,
        requested_at timestamptz NOT NULL,
        requested_by text NOT NULL,
        answered_at timestamptz,
        observed_at timestamptz,
        CONSTRAINT preflight_answer_check CHECK ((answered_at IS NULL) = (observed_at IS NULL)),
        CONSTRAINT preflight_order_check CHECK (observed_at >= requested_at)
      )`);
    await runner.query(`CREATE INDEX preflight_by_host ON preflight (host_id, requested_at DESC)`);
    await runner.query(`CREATE INDEX preflight_waiting ON preflight (requested_at) WHERE answered_at IS NULL`);
    await runner.query(`
      CREATE TABLE gate_override (
        id uuid PRIMARY KEY,
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        window_id uuid NOT NULL REFERENCES change_window,
        reason text NOT NULL CONSTRAINT gate_override_reason_check CHECK (length(btrim(reason)) >= 20),
        requested_by_id uuid NOT NULL,
        requested_by text NOT NULL,
        requested_at timestamptz NOT NULL,
        approved_by_id uuid CONSTRAINT gate_override_second_person_check CHECK (approved_by_id <> requested_by_id),
        approved_by text,
        approved_at timestamptz,
        expires_at timestamptz NOT NULL CONSTRAINT gate_override_expiry_check CHECK (expires_at > requested_at)
      )`);
    await runner.query(`CREATE INDEX gate_override_by_host ON gate_override (host_id, window_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['gate_override', 'preflight', 'change_window']) await runner.query(`DROP TABLE ${table}`);
  }
}
