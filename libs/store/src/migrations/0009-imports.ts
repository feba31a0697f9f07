import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A vCenter may be known by a file alone: then there is no account, and nothing is ever collected. */
export class Imports1763800000009 implements MigrationInterface {
  name = 'Imports1763800000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE vcenter
        ALTER COLUMN username DROP NOT NULL, ALTER COLUMN trust DROP NOT NULL, ALTER COLUMN secret_key_id DROP NOT NULL,
        ALTER COLUMN secret_wrapped_key DROP NOT NULL, ALTER COLUMN secret_sealed DROP NOT NULL,
        ADD CONSTRAINT vcenter_account_check CHECK (
          num_nulls(username, trust, secret_key_id, secret_wrapped_key, secret_sealed) IN (0, 5))`);
    // The newest import of a vCenter; it stays until that vCenter is read itself.
    await runner.query(`
      CREATE TABLE map_import (
        vcenter_id uuid PRIMARY KEY REFERENCES vcenter ON DELETE CASCADE,
        imported_at timestamptz NOT NULL,
        imported_by text NOT NULL,
        file text,
        collected_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE map_import`);
    await runner.query(`DELETE FROM vcenter WHERE username IS NULL`);
    await runner.query(`
      ALTER TABLE vcenter
        DROP CONSTRAINT vcenter_account_check,
        ALTER COLUMN username SET NOT NULL, ALTER COLUMN trust SET NOT NULL, ALTER COLUMN secret_key_id SET NOT NULL,
        ALTER COLUMN secret_wrapped_key SET NOT NULL, ALTER COLUMN secret_sealed SET NOT NULL`);
  }
}
