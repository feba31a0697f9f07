import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Constants that a site set: every change stays, the newest of each constant counts. */
export class SitePolicy1763800000020 implements MigrationInterface {
  name = 'SitePolicy1763800000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy_change (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        path text NOT NULL,
        before double precision NOT NULL,
        after double precision,
        reason text NOT NULL CONSTRAINT policy_change_reason_check CHECK (length(btrim(reason)) >= 10),
        changed_by_id uuid NOT NULL,
        changed_by text NOT NULL,
        changed_at timestamptz NOT NULL
      )`);
    await runner.query(`CREATE INDEX policy_change_by_path ON policy_change (path, id DESC)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE policy_change`);
  }
}
