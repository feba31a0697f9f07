import { Assessment, HostSummary, type TrendPoint } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const Standing = z.object({
  last_seen_at: column.instant.nullable(),
  observed_at: column.instant.nullable(),
  report_ms: column.bigint.nullable(),
  map_until: column.instant.nullable(),
  calendar_until: column.instant.nullable(),
});
const SummaryRow = Standing.extend({ summary: HostSummary });

/** A verdict with the summary that lists and stream show of it. */
export type Judged = { assessment: Assessment; summary: HostSummary };

export class AssessmentRepository {
  constructor(private readonly sql: Sql) {}

  /** Every host that is not retired and was judged. */
  async summaries(): Promise<HostSummary[]> {
    const rows = await this.sql.many(
      SummaryRow,
      `SELECT assessment.summary, seen.last_seen_at, seen.observed_at, seen.report_ms, seen.map_until, seen.calendar_until
       FROM assessment JOIN host ON host.id = assessment.host_id AND host.retired_at IS NULL
       LEFT JOIN host_seen seen ON seen.host_id = host.id ORDER BY assessment.host_id`,
    );
    return rows.map(prolonged);
  }

  async summariesOf(hostIds: readonly string[]): Promise<Map<string, HostSummary>> {
    const rows = await this.sql.many(
      SummaryRow,
      `SELECT assessment.summary, seen.last_seen_at, seen.observed_at, seen.report_ms, seen.map_until, seen.calendar_until
       FROM assessment LEFT JOIN host_seen seen USING (host_id) WHERE assessment.host_id = ANY($1::uuid[])`,
      [hostIds],
    );
    return new Map(rows.map((row) => [row.summary.hostId, prolonged(row)]));
  }

  /** Hosts whose verdict holds for longer since `at`: they reported, or the LUN maps were read again. */
  async seenSince(at: string): Promise<HostSummary[]> {
    const rows = await this.sql.many(
      SummaryRow,
      `SELECT assessment.summary, seen.last_seen_at, seen.observed_at, seen.report_ms, seen.map_until, seen.calendar_until
       FROM host_seen seen JOIN assessment USING (host_id) WHERE seen.last_seen_at > $1 OR seen.prolonged_at > $1`,
      [at],
    );
    return rows.map(prolonged);
  }

  /** One host's whole verdict; null = not judged yet. */
  async one(hostId: string): Promise<Judged | null> {
    const row = await this.sql.one(
      SummaryRow.extend({ body: Assessment }),
      `SELECT assessment.body, assessment.summary, seen.last_seen_at, seen.observed_at, seen.report_ms, seen.map_until, seen.calendar_until
       FROM assessment JOIN host ON host.id = assessment.host_id AND host.retired_at IS NULL
       LEFT JOIN host_seen seen ON seen.host_id = host.id WHERE host.id = $1`,
      [hostId],
    );
    if (row === null) return null;
    const summary = prolonged(row);
    return { summary, assessment: { ...row.body, validUntil: summary.validUntil } };
  }

  /** Writes verdicts and until when they hold. */
  async save(judged: readonly Judged[]): Promise<void> {
    if (judged.length === 0) return;
    const ids = judged.map(({ assessment }) => assessment.hostId);
    await this.sql.run(
      `INSERT INTO assessment (host_id, level, score, body, summary)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::real[], $4::text[]::jsonb[], $5::text[]::jsonb[])
       ON CONFLICT (host_id) DO UPDATE SET level = excluded.level, score = excluded.score, body = excluded.body, summary = excluded.summary`,
      [
        ids,
        judged.map(({ assessment }) => assessment.level),
        judged.map(({ assessment }) => assessment.score),
        judged.map(({ assessment }) => JSON.stringify(assessment)),
        judged.map(({ summary }) => JSON.stringify(summary)),
      ],
    );
    await this.sql.run(
      `UPDATE host_seen SET report_ms = input.report_ms, map_until = input.map_until, calendar_until = input.calendar_until,
         other_until = least(input.map_until, input.calendar_until)
       FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::timestamptz[]) AS input(host_id, report_ms, map_until, calendar_until)
       WHERE host_seen.host_id = input.host_id
         AND (host_seen.report_ms, host_seen.map_until, host_seen.calendar_until)
           IS DISTINCT FROM (input.report_ms, input.map_until, input.calendar_until)`,
      [
        ids,
        judged.map(({ assessment }) => assessment.validity.reportMs),
        judged.map(({ assessment }) => assessment.validity.mapUntil),
        judged.map(({ assessment }) => assessment.validity.calendarUntil),
      ],
    );
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

  /** Appends where a host has moved. */
  async remember(
    moves: readonly { hostId: string; at: string; level: string; score: number; reason: string | null }[],
  ): Promise<void> {
    if (moves.length === 0) return;
    await this.sql.run(
      `INSERT INTO assessment_history (host_id, at, level, score, reason)
       SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::real[], $5::text[]) ON CONFLICT DO NOTHING`,
      [
        moves.map((move) => move.hostId),
        moves.map((move) => move.at),
        moves.map((move) => move.level),
        moves.map((move) => move.score),
        moves.map((move) => move.reason),
      ],
    );
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
   * Hosts whose verdict does not hold any more at `now`: run out, fallen silent since `silentBefore`, or never judged.
   */
  async due(now: string, silentBefore: string, limit: number): Promise<string[]> {
    const rows = await this.sql.many(
      z.object({ id: z.string() }),
      `SELECT host.id FROM host LEFT JOIN host_seen seen ON seen.host_id = host.id LEFT JOIN assessment ON assessment.host_id = host.id
       WHERE host.retired_at IS NULL AND (
         assessment.host_id IS NULL
         OR least(seen.observed_at + seen.report_ms * interval '1 millisecond', seen.other_until) <= $1
         OR (seen.last_seen_at <= $2 AND assessment.summary->>'state' = 'reporting'))
       ORDER BY host.id LIMIT $3`,
      [now, silentBefore, limit],
    );
    return rows.map((row) => row.id);
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

/** The stored summary with the times that unchanged reports and new maps have moved since. */
function prolonged({ summary, ...standing }: z.output<typeof SummaryRow>): HostSummary {
  const ends = [
    standing.observed_at !== null && standing.report_ms !== null
      ? Date.parse(standing.observed_at) + standing.report_ms
      : null,
    standing.map_until !== null ? Date.parse(standing.map_until) : null,
    standing.calendar_until !== null ? Date.parse(standing.calendar_until) : null,
  ].filter((end) => end !== null);
  return {
    ...summary,
    lastReportAt: standing.last_seen_at ?? summary.lastReportAt,
    observedAt: standing.observed_at ?? summary.observedAt,
    validUntil: ends.length === 0 ? summary.validUntil : new Date(Math.min(...ends)).toISOString(),
    validity: {
      reportMs: standing.report_ms,
      mapUntil: standing.map_until,
      calendarUntil: standing.calendar_until,
    },
  };
}
