import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For how many judgements of others each backup server has asked lately, so that no one of them keeps the fleet busy. */
export class ProductPace1763800000022 implements MigrationInterface {
  name = 'ProductPace1763800000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE product_pace (
        host_id uuid PRIMARY KEY REFERENCES host ON DELETE CASCADE,
        spent_until timestamptz NOT NULL,
        -- Every host is to be judged again as soon as it may ask for that.
        waits boolean NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE product_pace`);
  }
}
