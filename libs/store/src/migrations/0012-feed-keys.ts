import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A mark of its own for verdicts that an import made doubtful, and the catalogue of bulletins as a row an update. */
export class FeedKeys1763800000012 implements MigrationInterface {
  name = 'FeedKeys1763800000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE host_seen ADD COLUMN feeds_moved boolean NOT NULL DEFAULT false`);
    // The day of each bulletin was not kept: that of the whole catalogue leaves more in doubt, never less.
    await runner.query(`
      INSERT INTO feed_entry (kind, key, body)
      SELECT 'kb-catalogue', entry.key || '|' || (bulletin->>'kb'),
        (bulletin - 'kb') || jsonb_build_object('postedOn', to_char(feed.as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
      FROM feed JOIN feed_entry entry USING (kind), jsonb_array_elements(entry.body->'bulletins') bulletin
      WHERE kind = 'kb-catalogue'
      UNION ALL
      SELECT 'kb-catalogue', entry.key || '|no-update', jsonb_build_object('postedOn', to_char(feed.as_of AT TIME ZONE 'UTC', 'YYYY-MM-DD'),
        'severity', 'unspecified', 'cves', entry.body->'withoutKb', 'supersedes', '[]'::jsonb, 'hasUnreadable', false)
      FROM feed JOIN feed_entry entry USING (kind)
      WHERE kind = 'kb-catalogue' AND entry.body->'withoutKb' <> '[]'::jsonb`);
    await runner.query(`DELETE FROM feed_entry WHERE kind = 'kb-catalogue' AND strpos(key, '|') = 0`);
    await runner.query(`
      UPDATE feed SET entries = (SELECT count(*) FROM feed_entry WHERE kind = 'kb-catalogue') WHERE kind = 'kb-catalogue'`);
    // What each host hangs on has other names now: everybody is looked up again.
    await runner.query(`UPDATE host_seen SET feeds_moved = true WHERE EXISTS (SELECT 1 FROM feed)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE host_seen DROP COLUMN feeds_moved`);
    await runner.query(`DELETE FROM feed_entry WHERE kind = 'kb-catalogue'`);
    await runner.query(`DELETE FROM feed WHERE kind = 'kb-catalogue'`);
  }
}
