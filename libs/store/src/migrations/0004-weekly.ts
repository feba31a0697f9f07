import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The fleet as it stood when each week was closed: written once, and PostgreSQL itself refuses to change it. */
export class Weekly1763800000004 implements MigrationInterface {
  name = 'Weekly1763800000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE weekly_snapshot (
        week text NOT NULL,
        time_zone text NOT NULL,
        taken_at timestamptz NOT NULL,
        levels jsonb NOT NULL,
        vms_at_risk integer NOT NULL,
        body jsonb NOT NULL,
        PRIMARY KEY (week, time_zone)
      )`);
    await runner.query(`
      CREATE FUNCTION refuse_to_change_history() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'rows of % are written once and never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
      END $$`);
    await runner.query(`
      CREATE TRIGGER weekly_snapshot_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON weekly_snapshot
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_history()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE weekly_snapshot`);
    await runner.query(`DROP FUNCTION refuse_to_change_history`);
  }
}
