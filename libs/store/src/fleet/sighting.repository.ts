import { z } from 'zod';
import type { Sql } from '../sql.js';

/** Which host sees which LUN key, as intervals of time. */
export class SightingRepository {
  constructor(private readonly sql: Sql) {}

  /** Makes `keys` the whole of what each host sees from `at` on; only what differs is written. */
  async replace(sights: readonly { hostId: string; keys: readonly string[]; at: string }[]): Promise<void> {
    if (sights.length === 0) return;
    const pairs = sights.flatMap(({ hostId, keys, at }) => [...new Set(keys)].map((key) => ({ hostId, key, at })));
    await this.sql.run(
      `WITH now_seen AS (SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[]) AS input(host_id, lun_key, at)),
       hosts AS (SELECT * FROM unnest($4::uuid[], $5::timestamptz[]) AS input(host_id, at)),
       ended AS (
         UPDATE sighting SET until = hosts.at FROM hosts
         WHERE sighting.host_id = hosts.host_id AND sighting.until IS NULL
           AND NOT EXISTS (SELECT 1 FROM now_seen WHERE now_seen.host_id = sighting.host_id AND now_seen.lun_key = sighting.lun_key)
       )
       INSERT INTO sighting (host_id, lun_key, since)
       SELECT host_id, lun_key, at FROM now_seen
       WHERE NOT EXISTS (
         SELECT 1 FROM sighting WHERE sighting.host_id = now_seen.host_id AND sighting.lun_key = now_seen.lun_key AND sighting.until IS NULL)`,
      [
        pairs.map((pair) => pair.hostId),
        pairs.map((pair) => pair.key),
        pairs.map((pair) => pair.at),
        sights.map((sight) => sight.hostId),
        sights.map((sight) => sight.at),
      ],
    );
  }

  /** Hosts that see at least one of these keys now. */
  async hostsSeeing(keys: readonly string[]): Promise<string[]> {
    const rows = await this.sql.many(
      z.object({ host_id: z.string() }),
      `SELECT DISTINCT host_id FROM sighting WHERE until IS NULL AND lun_key = ANY($1::text[]) ORDER BY host_id`,
      [keys],
    );
    return rows.map((row) => row.host_id);
  }

  /** Other hosts by the key that they share with this one. */
  async sharedWith(hostId: string): Promise<{ key: string; hostId: string; hostname: string }[]> {
    const rows = await this.sql.many(
      z.object({ lun_key: z.string(), host_id: z.string(), hostname: z.string() }),
      `SELECT other.lun_key, other.host_id, host.hostname FROM sighting mine
       JOIN sighting other ON other.lun_key = mine.lun_key AND other.until IS NULL AND other.host_id <> mine.host_id
       JOIN host ON host.id = other.host_id AND host.retired_at IS NULL
       WHERE mine.host_id = $1 AND mine.until IS NULL ORDER BY host.hostname`,
      [hostId],
    );
    return rows.map((row) => ({ key: row.lun_key, hostId: row.host_id, hostname: row.hostname }));
  }
}
