import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A verdict is stored packed and written only where it says something else; what it was looked up by, likewise. */
export class PackedVerdicts1763800000014 implements MigrationInterface {
  name = 'PackedVerdicts1763800000014';

  async up(runner: QueryRunner): Promise<void> {
    // Verdicts of one kind mostly say the same: packed against one of them, the rest of it is a fiftieth.
    await runner.query(`CREATE TABLE verdict_dictionary (kind text PRIMARY KEY, body bytea NOT NULL)`);
    await runner.query(`ALTER TABLE verdict_dictionary ALTER COLUMN body SET STORAGE EXTERNAL`);
    // A body without a dictionary is plain JSON; hashes of nothing make the next verdict be written.
    await runner.query(`
      ALTER TABLE assessment
        ADD COLUMN unmapped_luns integer NOT NULL DEFAULT 0, ADD COLUMN dictionary text REFERENCES verdict_dictionary,
        ADD COLUMN summary_said bytea NOT NULL DEFAULT '', ADD COLUMN feed_keys_said bytea,
        ADD COLUMN body_said bytea NOT NULL DEFAULT '', ADD COLUMN packed bytea NOT NULL DEFAULT ''`);
    await runner.query(`
      UPDATE assessment SET unmapped_luns = (body->'exposure'->>'unmappedLuns')::int, packed = convert_to(body::text, 'UTF8')`);
    // What moves with every report comes last: of a row that is rewritten in its page only what differs goes to the log.
    await runner.query(`
      ALTER TABLE assessment DROP COLUMN body,
        ALTER COLUMN summary_said DROP DEFAULT, ALTER COLUMN body_said DROP DEFAULT, ALTER COLUMN packed DROP DEFAULT,
        ALTER COLUMN unmapped_luns DROP DEFAULT, ALTER COLUMN packed SET STORAGE EXTERNAL`);
    await runner.query(`ALTER TABLE assessment RENAME COLUMN packed TO body`);
    await runner.query(`
      ALTER TABLE host_seen ADD COLUMN lun_keys_said bytea, ADD COLUMN judged_at timestamptz,
        ADD COLUMN newest_seq integer, ADD COLUMN newest_at timestamptz, ADD COLUMN newest_observed_at timestamptz`);
    await runner.query(`
      UPDATE host_seen SET newest_seq = seq, newest_at = last_seen_at, newest_observed_at = observed_at`);
    await runner.query(`
      ALTER TABLE host_seen DROP COLUMN seq, DROP COLUMN last_seen_at, DROP COLUMN observed_at,
        ALTER COLUMN newest_seq SET NOT NULL, ALTER COLUMN newest_at SET NOT NULL`);
    await runner.query(`ALTER TABLE host_seen RENAME COLUMN newest_seq TO seq`);
    await runner.query(`ALTER TABLE host_seen RENAME COLUMN newest_at TO last_seen_at`);
    await runner.query(`ALTER TABLE host_seen RENAME COLUMN newest_observed_at TO observed_at`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE host_seen DROP COLUMN lun_keys_said, DROP COLUMN judged_at`);
    // SQL cannot unpack them; whoever was never judged is judged by the next sweep.
    await runner.query(`DELETE FROM assessment`);
    await runner.query(`
      ALTER TABLE assessment DROP COLUMN summary_said, DROP COLUMN body_said, DROP COLUMN feed_keys_said,
        DROP COLUMN unmapped_luns, DROP COLUMN dictionary, DROP COLUMN body, ADD COLUMN body jsonb NOT NULL`);
    await runner.query(`DROP TABLE verdict_dictionary`);
  }
}
