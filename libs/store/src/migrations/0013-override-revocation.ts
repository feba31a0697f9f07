import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An override can be taken back before its end, and who did it stays on record. */
export class OverrideRevocation1763800000013 implements MigrationInterface {
  name = 'OverrideRevocation1763800000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE gate_override
        ADD COLUMN revoked_by_id uuid, ADD COLUMN revoked_by text, ADD COLUMN revoked_at timestamptz,
        ADD CONSTRAINT gate_override_revoked_check CHECK (num_nulls(revoked_by_id, revoked_by, revoked_at) IN (0, 3))`);
    await runner.query(`CREATE INDEX gate_override_newest ON gate_override (requested_at DESC, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX gate_override_newest`);
    await runner.query(`
      ALTER TABLE gate_override DROP CONSTRAINT gate_override_revoked_check,
        DROP COLUMN revoked_by_id, DROP COLUMN revoked_by, DROP COLUMN revoked_at`);
  }
}
