import { Assessment, HostSummary, type TrendPoint } from '@lunwarden/contract';
import { z } from 'zod';
import { inTurn } from '../around/in-turn.js';
import { isOutdated } from '../around/model.repository.js';
import { inSlices } from '../slices.js';
import { column, type Sql } from '../sql.js';
import { type Judged, unpacked } from './verdict-body.js';

/** SQL: an import made this verdict doubtful, or other code or another policy made it. It is owed, and made by the next sweep. */
const isOwed = `(seen.feeds_moved OR ${isOutdated})`;

/** A verdict that is owed has run out: nobody may read it as it stands. */
export const reportMs = `CASE WHEN ${isOwed} THEN 0 ELSE seen.report_ms END AS report_ms`;

/** What says until when a verdict holds. */
export const Standing = z.object({
  last_seen_at: column.instant.nullable(),
  observed_at: column.instant.nullable(),
  report_ms: column.bigint.nullable(),
  map_until: column.instant.nullable(),
  calendar_until: column.instant.nullable(),
});
/** The earliest of these is the end; `report_ms` counts from `observed_at`. */
export type Ends = Omit<z.output<typeof Standing>, 'last_seen_at'>;
const SummaryRow = Standing.extend({ summary: HostSummary });

/** Until when the verdict of a host holds, and by what it was prolonged. */
export type Sighting = Pick<HostSummary, 'hostId' | 'validUntil'> & { observedAt: string; lastReportAt: string };

/** Who looks for hosts that must be judged again, and when (ISO instants); `after` = the last one of the look before, see `lastOf`. */
export type Look = { now: string; silentBefore: string; model: string; limit: number; after: string | null };

const SeenRow = Standing.extend({ host_id: z.string() });

/** An answer is decoded as fast as it comes: a larger one would hold everything else up. A summary has some 2 KB. */
const [summariesAPage, seenAPage] = [500, 1_000];

/** Reads verdicts; `VerdictRepository` writes them. */
export class AssessmentRepository {
  constructor(private readonly sql: Sql) {}

  /** Every host that is not retired and was judged, by id. */
  async summaries(): Promise<HostSummary[]> {
    const pages: HostSummary[][] = [];
    for (let page: HostSummary[] | undefined; page === undefined || page.length === summariesAPage; pages.push(page))
      page = await this.summariesAfter(page?.at(-1)?.hostId ?? null);
    return pages.flat();
  }

  private async summariesAfter(hostId: string | null): Promise<HostSummary[]> {
    const rows = await this.sql.many(
      SummaryRow,
      `SELECT assessment.summary, seen.last_seen_at, seen.observed_at, ${reportMs}, seen.map_until, seen.calendar_until
       FROM assessment JOIN host ON host.id = assessment.host_id AND host.retired_at IS NULL
       LEFT JOIN host_seen seen ON seen.host_id = host.id
       WHERE $1::uuid IS NULL OR assessment.host_id > $1 ORDER BY assessment.host_id LIMIT ${summariesAPage}`,
      [hostId],
    );
    return inSlices(rows, prolonged);
  }

  async summariesOf(hostIds: readonly string[]): Promise<Map<string, HostSummary>> {
    const rows = await this.sql.many(
      SummaryRow,
      `SELECT assessment.summary, seen.last_seen_at, seen.observed_at, ${reportMs}, seen.map_until, seen.calendar_until
       FROM assessment LEFT JOIN host_seen seen USING (host_id) WHERE assessment.host_id = ANY($1::uuid[])`,
      [hostIds],
    );
    return new Map(await inSlices(rows, (row) => [row.summary.hostId, prolonged(row)] as const));
  }

  /**
   * Hosts whose verdict holds for longer since `at`: they reported, or the LUN maps were read again. Without those whose
   * verdict was told after the change `seq`: whoever knows no more than that would prolong the one before it.
   */
  async seenSince(at: string, seq: number): Promise<Sighting[]> {
    const all: Sighting[] = [];
    for (let after: string | null = null; ; ) {
      const rows: z.output<typeof SeenRow>[] = await this.seenAfter(after, { at, seq });
      for (const { host_id: hostId, ...row } of rows) {
        const { observed_at: observedAt, last_seen_at: lastReportAt } = row;
        const validUntil = endOf(row);
        if (observedAt !== null && lastReportAt !== null && validUntil !== null)
          all.push({ hostId, observedAt, lastReportAt, validUntil });
      }
      if (rows.length < seenAPage) return all;
      after = rows.at(-1)?.host_id ?? null;
    }
  }

  private seenAfter(hostId: string | null, { at, seq }: { at: string; seq: number }) {
    return this.sql.many(
      SeenRow,
      `SELECT seen.host_id, seen.last_seen_at, seen.observed_at, ${reportMs}, seen.map_until, seen.calendar_until
       FROM host_seen seen JOIN assessment USING (host_id)
       WHERE (seen.last_seen_at > $1 OR seen.prolonged_at > $1) AND seen.host_id::text NOT IN (
         SELECT body->'host'->>'hostId' FROM change WHERE seq > $2 AND body->>'kind' = 'host')
         AND ($3::uuid IS NULL OR seen.host_id > $3) ORDER BY seen.host_id LIMIT ${seenAPage}`,
      [at, seq, hostId],
    );
  }

  /** One host's whole verdict; null = not judged yet. */
  async one(hostId: string): Promise<Judged | null> {
    const row = await this.sql.one(
      SummaryRow.extend({
        body: column.bytes,
        dictionary: column.bytes.nullable(),
        judged_at: column.instant.nullable(),
      }),
      `SELECT assessment.body, verdict_dictionary.body AS dictionary, assessment.summary, seen.judged_at,
         seen.last_seen_at, seen.observed_at, ${reportMs}, seen.map_until, seen.calendar_until
       FROM assessment JOIN host ON host.id = assessment.host_id AND host.retired_at IS NULL
       LEFT JOIN verdict_dictionary ON verdict_dictionary.kind = assessment.dictionary
       LEFT JOIN host_seen seen ON seen.host_id = host.id WHERE host.id = $1`,
      [hostId],
    );
    if (row === null) return null;
    const summary = prolonged(row);
    const { validUntil, validity } = summary;
    const body = unpacked(row.body, row.dictionary);
    return { summary, assessment: { ...body, asOf: row.judged_at ?? body.asOf, validUntil, validity } };
  }

  /**
   * New LUN maps hold for longer, and so does every verdict that leans on them. What has run out by `at` is not revived
   * but judged again, and what the calendar ends, it ends.
   */
  async prolong(mapUntil: string, at: string): Promise<void> {
    await this.sql.run(
      `UPDATE host_seen SET map_until = $1, other_until = least($1::timestamptz, host_seen.calendar_until), prolonged_at = $2
       FROM (SELECT host_id FROM host_seen WHERE map_until < $1 AND map_until > $2 ORDER BY host_id FOR NO KEY UPDATE) held
       WHERE host_seen.host_id = held.host_id`,
      [mapUntil, at],
    );
  }

  /**
   * This verdict may not be read any longer, because nobody could judge the host again: it has run out.
   * @returns false if that was so before
   */
  async doubt(hostId: string): Promise<boolean> {
    const row = await this.sql.one(
      z.object({ host_id: z.string() }),
      `UPDATE host_seen SET report_ms = 0 WHERE host_id = $1 AND report_ms IS DISTINCT FROM 0 RETURNING host_id`,
      [hostId],
    );
    return row !== null;
  }

  /** How one host has moved, newest first. */
  async history(
    hostId: string,
    limit: number,
  ): Promise<{ at: string; score: number; level: Assessment['level']; reason: string | null }[]> {
    return this.sql.many(
      z.object({ at: column.instant, score: z.number(), level: Assessment.shape.level, reason: z.string().nullable() }),
      `SELECT at, score, level, reason FROM assessment_history WHERE host_id = $1 ORDER BY at DESC LIMIT $2`,
      [hostId, limit],
    );
  }

  /**
   * Hosts whose verdict does not hold any more at `now`: run out, fallen silent since `silentBefore`, never judged,
   * concerned by an import, or judged by other code than `model` or another policy. Those that stand worst come first.
   * @param model whose code is asking; of verdicts of a newer one it makes none, they would be due again
   */
  async due({ now, silentBefore, model, limit, after }: Look): Promise<string[]> {
    const rows = await this.sql.many(
      z.object({ id: z.string() }),
      `SELECT id FROM (SELECT host.id, assessment.score FROM host LEFT JOIN host_seen seen ON seen.host_id = host.id LEFT JOIN assessment ON assessment.host_id = host.id
       WHERE host.retired_at IS NULL AND (
         assessment.dictionary IS NULL OR seen.feeds_moved
         OR (${isOutdated} AND $4 = (SELECT version FROM judging_model))
         OR least(seen.observed_at + seen.report_ms * interval '1 millisecond', seen.other_until) <= $1
         OR (seen.last_seen_at <= $2 AND assessment.summary->>'state' = 'reporting'))
       ORDER BY ${inTurn('host.id', '$5')} LIMIT $3) due ORDER BY score DESC NULLS FIRST, id`,
      [now, silentBefore, limit, model, after],
    );
    return rows.map((row) => row.id);
  }

  /** Whether some verdict reads as unknown only until it is made again. */
  async someAreOwed(): Promise<boolean> {
    const row = await this.sql.one(
      z.object({ answer: z.boolean() }),
      `SELECT EXISTS (SELECT FROM assessment JOIN host ON host.id = assessment.host_id AND host.retired_at IS NULL
       LEFT JOIN host_seen seen ON seen.host_id = host.id WHERE ${isOwed}) AS answer`,
    );
    return row?.answer ?? false;
  }

  /** Today's line of the trend; writes only if it says something new. */
  async saveDay(point: TrendPoint): Promise<void> {
    await this.sql.run(
      `INSERT INTO fleet_day (day, levels, vms_at_risk) VALUES ($1, $2, $3)
       ON CONFLICT (day) DO UPDATE SET levels = excluded.levels, vms_at_risk = excluded.vms_at_risk
       WHERE (fleet_day.levels, fleet_day.vms_at_risk) IS DISTINCT FROM (excluded.levels, excluded.vms_at_risk)`,
      [point.date, JSON.stringify(point.levels), point.vmsAtRisk],
    );
  }
}

/** When a verdict runs out as unchanged reports and new maps have moved it; null = the host never reported. */
export function endOf({ observed_at, report_ms, map_until, calendar_until }: Ends): string | null {
  const ends = [
    observed_at !== null && report_ms !== null ? Date.parse(observed_at) + report_ms : null,
    map_until !== null ? Date.parse(map_until) : null,
    calendar_until !== null ? Date.parse(calendar_until) : null,
  ].filter((end) => end !== null);
  return ends.length === 0 ? null : new Date(Math.min(...ends)).toISOString();
}

/** The stored summary with the times that unchanged reports and new maps have moved since. */
function prolonged({ summary, ...standing }: z.output<typeof SummaryRow>): HostSummary {
  const hasReported = standing.last_seen_at !== null;
  return {
    ...summary,
    lastReportAt: standing.last_seen_at,
    observedAt: hasReported ? standing.observed_at : summary.observedAt,
    validUntil: endOf(standing) ?? summary.validUntil,
    validity: hasReported
      ? { reportMs: standing.report_ms, mapUntil: standing.map_until, calendarUntil: standing.calendar_until }
      : summary.validity,
  };
}
