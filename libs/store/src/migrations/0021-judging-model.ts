import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which code a verdict was made, and which code judges now. */
export class JudgingModel1763800000021 implements MigrationInterface {
  name = 'JudgingModel1763800000021';

  async up(runner: QueryRunner): Promise<void> {
    // Of the verdicts that stand nobody knows it: they are made again.
    await runner.query(`ALTER TABLE assessment ADD COLUMN judged_by text NOT NULL DEFAULT ''`);
    // One row as soon as somebody judges. Who starts last is right: an upgrade, or one that was taken back.
    await runner.query(`CREATE TABLE judging_model (id integer PRIMARY KEY CHECK (id = 1), version text NOT NULL)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE judging_model`);
    await runner.query(`ALTER TABLE assessment DROP COLUMN judged_by`);
  }
}
