import { gunzipSync } from 'node:zlib';
import { HostFacts, ProxyReport, reportLimits, silentAfterMs } from '@lunwarden/contract';
import { z } from 'zod';
import { feedsHeld } from '../feeds/feed-key.repository.js';
import { column, type Sql } from '../sql.js';

/** One report as the intake holds it: parsed, hashed, its age proven or not. Times are ISO instants. */
export type IncomingReport = {
  hostId: string;
  head: Pick<ProxyReport, 'reportId' | 'installId' | 'bootId' | 'seq'>;
  /** SHA-256 of what the report says, without its envelope. */
  contentHash: Uint8Array;
  receivedAt: string;
  /** `receivedAt - ageMs`; null = the age cannot be proven. */
  observedAt: string | null;
};

const SeenRow = z.object({
  host_id: z.string(),
  boot_id: z.string(),
  seq: z.int(),
  content_hash: column.bytes,
  identity_conflict: z.boolean(),
  lun_keys_said: column.bytes.nullable(),
});

/** What is remembered of a host between two reports; `boot` null = it never reported. */
export type HostStanding = {
  installId: string;
  boot: { bootId: string; seq: number; contentHash: Uint8Array; identityConflict: boolean } | null;
  /** `keysHash` of the LUN keys whose sightings stand; null = none ever did. */
  lunKeysSaid: Uint8Array | null;
};

const InForceRow = z.object({
  host_id: z.string(),
  document: column.bytes.transform(readDocument).pipe(ProxyReport),
  remembered: HostFacts.nullable(),
  observed_at: column.instant.nullable(),
  received_at: column.instant,
  last_seen_at: column.instant,
  identity_conflict: z.boolean(),
});

/** The report in force of one host, with what surrounds it. */
export type ReportInForce = {
  report: ProxyReport;
  remembered: HostFacts;
  observedAt: string | null;
  receivedAt: string;
  lastSeenAt: string;
  identityConflict: boolean;
};

type Heard = IncomingReport & { inForce: boolean; identityConflict: boolean; lunKeysSaid: Uint8Array | null };

export class ReportRepository {
  constructor(private readonly sql: Sql) {}

  /**
   * The short way of a report that says nothing new: one receipt and one rewritten row, in one statement for a whole batch.
   * Answers the hosts for which that was all; every other report takes the long way.
   */
  async touchUnchanged(batch: readonly IncomingReport[]): Promise<Set<string>> {
    const rows = await this.sql.many(
      z.object({ host_id: z.string() }),
      `WITH input AS (
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::uuid[], $5::int[], $6::timestamptz[], $7::timestamptz[])
           AS input(host_id, report_id, content_hash, boot_id, seq, observed_at, received_at)
       ), same AS (
         SELECT input.* FROM input JOIN host_seen seen USING (host_id)
         WHERE seen.content_hash = input.content_hash AND seen.boot_id = input.boot_id AND seen.seq < input.seq
           AND seen.observed_at <= input.observed_at AND NOT seen.identity_conflict AND NOT seen.feeds_moved
           -- A verdict that has run out, or a host that was called silent, is judged again and not just prolonged.
           AND least(seen.observed_at + seen.report_ms * interval '1 millisecond', seen.other_until) > input.received_at
           AND seen.last_seen_at > input.received_at - $8 * interval '1 millisecond'
         -- In one order for everybody who writes these rows, so that no two of them wait for each other.
         ORDER BY seen.host_id FOR NO KEY UPDATE OF seen
       ), receipt AS (
         INSERT INTO report_receipt (host_id, report_id, content_hash, received_at)
         SELECT host_id, report_id, content_hash, received_at FROM same
         WHERE NOT EXISTS (SELECT FROM report_receipt old WHERE old.host_id = same.host_id AND old.report_id = same.report_id)
         RETURNING host_id
       )
       UPDATE host_seen seen SET last_seen_at = same.received_at, observed_at = same.observed_at, seq = same.seq
       FROM same JOIN receipt USING (host_id) WHERE seen.host_id = same.host_id
         -- Said again, because it is looked at again after another replica has let go of the row.
         AND seen.content_hash = same.content_hash AND seen.boot_id = same.boot_id AND seen.seq < same.seq
       RETURNING seen.host_id`,
      [...columnsOf(batch), silentAfterMs],
    );
    return new Set(rows.map((row) => row.host_id));
  }

  /**
   * Takes the hosts for this transaction, in one order for everybody, and tells how they stood. No import of a feed takes
   * effect until it ends.
   */
  async lock(hostIds: readonly string[]): Promise<Map<string, HostStanding>> {
    const hosts = await this.sql.many(
      z.object({ id: z.string(), install_id: z.string() }),
      // Feeds first and rows then: an import that waits for us never holds a row that we wait for.
      `WITH feeds AS MATERIALIZED (SELECT ${feedsHeld})
       SELECT id, install_id FROM feeds, host WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE OF host`,
      [hostIds],
    );
    // A statement of its own, so that it sees what those have written who held the hosts until now.
    const rows = await this.sql.many(
      SeenRow,
      `SELECT host_id, boot_id, seq, content_hash, identity_conflict, lun_keys_said
       FROM host_seen WHERE host_id = ANY($1::uuid[]) ORDER BY host_id FOR NO KEY UPDATE`,
      [hostIds],
    );
    const seen = new Map(rows.map((row) => [row.host_id, row]));
    return new Map(hosts.map(({ id, install_id }) => [id, standingOf(install_id, seen.get(id))]));
  }

  /** Content hashes of the report ids that came before, by `hostId reportId`. */
  async receipts(batch: readonly IncomingReport[]): Promise<Map<string, Uint8Array>> {
    const rows = await this.sql.many(
      z.object({ host_id: z.string(), report_id: z.string(), content_hash: column.bytes }),
      `SELECT host_id, report_id, content_hash FROM report_receipt
       WHERE (host_id, report_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [batch.map((item) => item.hostId), batch.map((item) => item.head.reportId)],
    );
    return new Map(rows.map((row) => [`${row.host_id} ${row.report_id}`, row.content_hash]));
  }

  /** Boots that a host has already left, by `hostId bootId`. */
  async leftBoots(batch: readonly IncomingReport[]): Promise<Set<string>> {
    const rows = await this.sql.many(
      z.object({ host_id: z.string(), boot_id: z.string() }),
      `SELECT host_id, boot_id FROM host_boot WHERE (host_id, boot_id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))`,
      [batch.map((item) => item.hostId), batch.map((item) => item.head.bootId)],
    );
    return new Set(rows.map((row) => `${row.host_id} ${row.boot_id}`));
  }

  async leaveBoots(boots: readonly { hostId: string; bootId: string; at: string }[]): Promise<void> {
    if (boots.length === 0) return;
    await this.sql.run(
      `INSERT INTO host_boot (host_id, boot_id, left_at) SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) ON CONFLICT DO NOTHING`,
      [boots.map((boot) => boot.hostId), boots.map((boot) => boot.bootId), boots.map((boot) => boot.at)],
    );
  }

  async keepReceipts(batch: readonly IncomingReport[]): Promise<void> {
    if (batch.length === 0) return;
    const [hostIds, reportIds, hashes, , , , receivedAt] = columnsOf(batch);
    await this.sql.run(
      `INSERT INTO report_receipt (host_id, report_id, content_hash, received_at)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::timestamptz[])`,
      [hostIds, reportIds, hashes, receivedAt],
    );
  }

  /** Stores documents. Which of them are in force, `seen` says. */
  async store(
    documents: readonly {
      item: IncomingReport;
      /** The report as it was sent, gzip. */
      document: Uint8Array;
      remembered: HostFacts | null;
    }[],
  ): Promise<void> {
    if (documents.length === 0) return;
    // Whole documents go as rows of VALUES: inside an array literal every quote would be escaped again.
    const values = documents.map(
      (_, at) => `(${[1, 2, 3, 4, 5, 6].map((column) => `$${at * 6 + column}`).join(', ')})`,
    );
    await this.sql.run(
      `INSERT INTO report (host_id, report_id, received_at, observed_at, document, remembered) VALUES ${values.join(', ')}`,
      documents.flatMap(({ item, document, remembered }) => [
        item.hostId,
        item.head.reportId,
        item.receivedAt,
        item.observedAt,
        document,
        remembered === null ? null : JSON.stringify(remembered),
      ]),
    );
  }

  /**
   * What was last heard from each host. Not `inForce` = it says what the report before says, which stays in force;
   * `lunKeysSaid` null = its disks could not be read: what it saw before stands.
   */
  async seen(batch: readonly Heard[]): Promise<void> {
    if (batch.length === 0) return;
    const [hostIds, , hashes, bootIds, seqs, observedAt, receivedAt] = columnsOf(batch);
    await this.sql.run(
      `INSERT INTO host_seen AS seen (host_id, last_seen_at, observed_at, boot_id, seq, content_hash, identity_conflict, lun_keys_said, report_id)
       SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::uuid[], $5::int[], $6::bytea[], $7::boolean[], $8::bytea[], $9::uuid[])
       ON CONFLICT (host_id) DO UPDATE SET last_seen_at = excluded.last_seen_at, observed_at = excluded.observed_at,
         boot_id = excluded.boot_id, seq = excluded.seq, content_hash = excluded.content_hash,
         identity_conflict = excluded.identity_conflict, lun_keys_said = coalesce(excluded.lun_keys_said, seen.lun_keys_said),
         report_id = coalesce(excluded.report_id, seen.report_id)`,
      [
        hostIds,
        receivedAt,
        observedAt,
        bootIds,
        seqs,
        hashes,
        batch.map((item) => item.identityConflict),
        batch.map((item) => item.lunKeysSaid),
        batch.map((item) => (item.inForce ? item.head.reportId : null)),
      ],
    );
  }

  /** Two machines speak with the key of these hosts. @returns those of which that was not known yet */
  async markConflicts(hostIds: readonly string[]): Promise<string[]> {
    if (hostIds.length === 0) return [];
    const rows = await this.sql.many(
      z.object({ host_id: z.string() }),
      `UPDATE host_seen SET identity_conflict = true WHERE host_id = ANY($1::uuid[]) AND NOT identity_conflict RETURNING host_id`,
      [hostIds],
    );
    return rows.map((row) => row.host_id);
  }

  /** Forgets documents that are not in force and receipts of ids that nobody will send again. */
  async forgetBefore(documentsAt: string, receiptsAt: string): Promise<void> {
    await this.sql.run(
      `DELETE FROM report WHERE received_at < $1
         AND NOT EXISTS (SELECT FROM host_seen seen WHERE (seen.host_id, seen.report_id) = (report.host_id, report.report_id))`,
      [documentsAt],
    );
    await this.sql.run(`DELETE FROM report_receipt WHERE received_at < $1`, [receiptsAt]);
  }

  /** The reports in force of these hosts; a host that never reported is not among them. */
  async inForce(hostIds: readonly string[]): Promise<Map<string, ReportInForce>> {
    if (hostIds.length === 0) return new Map();
    const rows = await this.sql.many(
      InForceRow,
      `SELECT host_id, report.document, report.remembered, seen.observed_at, report.received_at, seen.last_seen_at, seen.identity_conflict
       FROM host_seen seen JOIN report USING (host_id, report_id) WHERE host_id = ANY($1::uuid[])`,
      [hostIds],
    );
    return new Map(
      rows.map((row) => [
        row.host_id,
        {
          report: row.document,
          remembered: row.remembered ?? row.document.facts,
          observedAt: row.observed_at,
          receivedAt: row.received_at,
          lastSeenAt: row.last_seen_at,
          identityConflict: row.identity_conflict,
        },
      ]),
    );
  }
}

const standingOf = (installId: string, row: z.output<typeof SeenRow> | undefined): HostStanding => ({
  installId,
  lunKeysSaid: row?.lun_keys_said ?? null,
  boot:
    row === undefined
      ? null
      : {
          bootId: row.boot_id,
          seq: row.seq,
          contentHash: row.content_hash,
          identityConflict: row.identity_conflict,
        },
});

function readDocument(document: Uint8Array): unknown {
  return JSON.parse(gunzipSync(document, { maxOutputLength: reportLimits.inflatedBytes }).toString('utf8'));
}

const columnsOf = (batch: readonly IncomingReport[]): readonly unknown[] => [
  batch.map((item) => item.hostId),
  batch.map((item) => item.head.reportId),
  batch.map((item) => item.contentHash),
  batch.map((item) => item.head.bootId),
  batch.map((item) => item.head.seq),
  batch.map((item) => item.observedAt),
  batch.map((item) => item.receivedAt),
];
