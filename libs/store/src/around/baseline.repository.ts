import { known, SanPolicy, WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

/** What of the reports of a host the next one is compared with; see `nextBaseline`. */
export const BaselineFacts = z.discriminatedUnion('platform', [
  z.strictObject({ platform: z.literal('linux') }),
  z.strictObject({
    platform: z.literal('windows'),
    sanPolicy: known(SanPolicy),
    automount: WindowsFacts.shape.automount,
    disks: known(
      z.array(
        WindowsDisk.pick({
          number: true,
          uniqueId: true,
          busType: true,
          isBoot: true,
          isSystem: true,
          isOffline: true,
          partitionStyle: true,
          signature: true,
        }),
      ),
    ),
  }),
]);

const Row = z.object({
  host_id: z.string(),
  facts: BaselineFacts,
  observed_at: column.instant.nullable(),
  is_first: z.boolean(),
});

/** `isFirst` = the facts are those of the only report so far, which has nothing to differ from. */
export type StoredBaseline = { facts: z.infer<typeof BaselineFacts>; observedAt: string | null; isFirst: boolean };

export class BaselineRepository {
  /** What this transaction has read: who compares a report and who judges it ask for the same, and it is a list of disks. */
  private readonly known = new Map<string, StoredBaseline>();

  constructor(private readonly sql: Sql) {}

  /** Those of hosts whose locks the caller holds, or of one moment. */
  async of(hostIds: readonly string[]): Promise<Map<string, StoredBaseline>> {
    const missing = hostIds.filter((hostId) => !this.known.has(hostId));
    if (missing.length > 0) await this.read(missing);
    return new Map(
      hostIds.flatMap((hostId) => {
        const known = this.known.get(hostId);
        return known === undefined ? [] : [[hostId, known]];
      }),
    );
  }

  private async read(hostIds: readonly string[]): Promise<void> {
    const rows = await this.sql.many(
      Row,
      `SELECT host_id, facts, observed_at, is_first FROM host_baseline WHERE host_id = ANY($1::uuid[])`,
      [hostIds],
    );
    for (const { host_id, facts, observed_at, is_first } of rows)
      this.known.set(host_id, { facts, observedAt: observed_at, isFirst: is_first });
  }

  async save(baselines: readonly (StoredBaseline & { hostId: string })[]): Promise<void> {
    if (baselines.length === 0) return;
    for (const { hostId } of baselines) this.known.delete(hostId);
    await this.sql.run(
      `INSERT INTO host_baseline (host_id, facts, observed_at, is_first)
       SELECT * FROM unnest($1::uuid[], $2::text[]::json[], $3::timestamptz[], $4::boolean[])
       ON CONFLICT (host_id) DO UPDATE SET facts = excluded.facts, observed_at = excluded.observed_at, is_first = excluded.is_first`,
      [
        baselines.map(({ hostId }) => hostId),
        baselines.map(({ facts }) => JSON.stringify(facts)),
        baselines.map(({ observedAt }) => observedAt),
        baselines.map(({ isFirst }) => isFirst),
      ],
    );
  }
}
