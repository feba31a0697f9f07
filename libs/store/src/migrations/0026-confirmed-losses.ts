import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a map was held back for, and what of it a person said is right: a word on hosts says nothing of VMs. */
export class ConfirmedLosses1763800000026 implements MigrationInterface {
  name = 'ConfirmedLosses1763800000026';

  async up(runner: QueryRunner): Promise<void> {
    // A map that is held back now is read again within minutes, and then says what it lost.
    await runner.query(`ALTER TABLE map_attempt ADD COLUMN losses jsonb`);
    // What was confirmed before and not yet read waived more than was shown: it is asked for again.
    await runner.query(`ALTER TABLE vcenter_collection DROP COLUMN confirmed_hosts, ADD COLUMN confirmed jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE vcenter_collection DROP COLUMN confirmed, ADD COLUMN confirmed_hosts integer`);
    await runner.query(`ALTER TABLE map_attempt DROP COLUMN losses`);
  }
}
