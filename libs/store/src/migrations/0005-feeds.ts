import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known from outside, and which host hangs on which part of it. */
export class Feeds1763800000005 implements MigrationInterface {
  name = 'Feeds1763800000005';

  async up(runner: QueryRunner): Promise<void> {
    // `scope` is the product of a list of releases, '' where a kind has one file.
    await runner.query(`
      CREATE TABLE feed (
        kind text NOT NULL,
        scope text NOT NULL,
        as_of timestamptz NOT NULL,
        imported_at timestamptz NOT NULL,
        entries integer NOT NULL,
        sha256 bytea NOT NULL,
        PRIMARY KEY (kind, scope)
      )`);
    await runner.query(`
      CREATE TABLE feed_entry (
        kind text NOT NULL,
        key text COLLATE "C" NOT NULL,
        body jsonb NOT NULL,
        PRIMARY KEY (kind, key)
      )`);
    // The inverted index: an import finds the hosts of a CVE or of a product without looking at any other.
    await runner.query(`
      CREATE TABLE host_feed_key (
        key text COLLATE "C" NOT NULL,
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        PRIMARY KEY (key, host_id)
      )`);
    await runner.query(`CREATE INDEX host_feed_key_host ON host_feed_key (host_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['host_feed_key', 'feed_entry', 'feed']) await runner.query(`DROP TABLE ${table}`);
  }
}
