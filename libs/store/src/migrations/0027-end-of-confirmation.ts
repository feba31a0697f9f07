import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person's word on losses has an end: said of the map of one day, it must not admit that of another week. */
export class EndOfConfirmation1763800000027 implements MigrationInterface {
  name = 'EndOfConfirmation1763800000027';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE vcenter_collection ADD COLUMN confirmed_until timestamptz`);
    // Nobody knows when it was said: it is asked for again.
    await runner.query(`UPDATE vcenter_collection SET confirmed = NULL WHERE confirmed IS NOT NULL`);
    await runner.query(`ALTER TABLE vcenter_collection ADD CONSTRAINT vcenter_collection_confirmed
      CHECK ((confirmed IS NULL) = (confirmed_until IS NULL))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE vcenter_collection DROP COLUMN confirmed_until`);
  }
}
