import { z } from 'zod';
import { inSlices } from '../slices.js';
import { column, type Sql } from '../sql.js';
import { type Ends, endOf, reportMs, Standing } from './assessment.repository.js';
import { isSame, type Judged, keysHash, packed, saidHash } from './verdict-body.js';
import { deleteUnused, type VerdictDictionaries } from './verdict-dictionaries.js';

/** What stands of a host's last verdict: whether it differs from a new one is seen without reading it. */
export type StandingVerdict = {
  level: string;
  score: number;
  summarySaid: Uint8Array;
  bodySaid: Uint8Array;
  feedKeysSaid: Uint8Array | null;
  judgedBy: string;
  /** Against which its body is packed; null = it is plain. */
  dictionary: string | null;
  /** 0 = it was taken back: nobody may read it, and readers were told so. */
  reportMs: number | null;
  ends: Ends;
};

const StandingRow = Standing.omit({ last_seen_at: true }).extend({
  host_id: z.string(),
  level: z.string(),
  score: z.number(),
  summary_said: column.bytes,
  body_said: column.bytes,
  feed_keys_said: column.bytes.nullable(),
  judged_by: z.string(),
  dictionary: z.string().nullable(),
});

/** `judgedBy` = stamp of the code and policy that made it, see `ModelRepository`. */
export type NewVerdict = Judged & { feedKeys: readonly string[] | null; judgedBy: string };

/** How a verdict differs from the one before: `isNews` = lists show something else than its times, or it ends earlier. */
type Step = { isMove: boolean; isNews: boolean; isOther: boolean };

/** Writes verdicts, and of them only what differs. Whoever calls holds the locks of the hosts (see `reports.lock`). */
export class VerdictRepository {
  constructor(
    private readonly sql: Sql,
    private readonly dictionaries: VerdictDictionaries,
  ) {}

  async standing(hostIds: readonly string[]): Promise<Map<string, StandingVerdict>> {
    const rows = await this.sql.many(
      StandingRow,
      `SELECT assessment.host_id, level, score, summary_said, body_said, feed_keys_said, judged_by, dictionary, ${reportMs},
         seen.observed_at, seen.map_until, seen.calendar_until
       FROM assessment LEFT JOIN host_seen seen USING (host_id) WHERE assessment.host_id = ANY($1::uuid[])`,
      [hostIds],
    );
    return new Map(
      rows.map(({ host_id, level, score, summary_said, body_said, feed_keys_said, judged_by, dictionary, ...ends }) => [
        host_id,
        {
          ...{ level, score, dictionary, ends },
          summarySaid: summary_said,
          bodySaid: body_said,
          feedKeysSaid: feed_keys_said,
          judgedBy: judged_by,
          reportMs: ends.report_ms,
        },
      ]),
    );
  }

  /**
   * Writes until when these verdicts hold, and those that say something else than before apart from their times.
   * Times are read from `host_seen`, so a verdict that is not written again holds for exactly as long as the new one.
   * @returns hosts of which lists show something else now
   */
  async save(judged: readonly NewVerdict[], before: ReadonlyMap<string, StandingVerdict>, at: string) {
    const rows = await inSlices(judged, (one) => rowOf(one, before.get(one.summary.hostId)));
    await this.write(
      rows.filter(({ step }) => step.isOther),
      at,
    );
    await this.hold(judged, at);
    return new Set(rows.flatMap(({ step, summary }) => (step.isNews ? [summary.hostId] : [])));
  }

  /** Deletes at most so many dictionaries that no verdict is packed against any more. @returns how many */
  forgetDictionaries(limit: number): Promise<number> {
    return deleteUnused(this.sql, limit);
  }

  private async write(rows: readonly VerdictRow[], at: string): Promise<void> {
    if (rows.length === 0) return;
    const toPack = rows.map((row) => ({ judged: row, text: row.body, standing: row.standingDictionary }));
    const dictionaries = await this.dictionaries.of(this.sql, toPack);
    const pairs = dictionaries.map((dictionary, at) => ({ dictionary, text: toPack[at]?.text ?? '' }));
    const bodies = await inSlices(pairs, ({ text, dictionary }) => packed(text, dictionary));
    await this.sql.run(
      `WITH input AS (
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::real[], $4::text[], $5::bytea[], $6::bytea[], $7::bytea[],
           $8::text[], $9::int[], $10::bytea[], $11::boolean[], $12::text[], $14::text[])
           AS input(host_id, level, score, summary, summary_said, body_said, body, dictionary, unmapped_luns,
             feed_keys_said, is_move, reason, judged_by)
       ), moved AS (
         INSERT INTO assessment_history (host_id, at, level, score, reason)
         SELECT host_id, $13::timestamptz, level, score, reason FROM input WHERE is_move ON CONFLICT DO NOTHING
       ), rewritten AS (
         UPDATE assessment was SET level = input.level, score = input.score, summary_said = input.summary_said,
           -- Its times are read from elsewhere; where they are all that differs, the old text is as good.
           summary = CASE WHEN was.summary_said = input.summary_said THEN was.summary ELSE input.summary::jsonb END,
           body_said = input.body_said, body = input.body, dictionary = input.dictionary,
           unmapped_luns = input.unmapped_luns, feed_keys_said = input.feed_keys_said, judged_by = input.judged_by
         FROM input WHERE was.host_id = input.host_id RETURNING was.host_id
       )
       INSERT INTO assessment (host_id, level, score, summary, summary_said, body_said, body, dictionary, unmapped_luns, feed_keys_said, judged_by)
       SELECT host_id, level, score, summary::jsonb, summary_said, body_said, body, dictionary, unmapped_luns, feed_keys_said, judged_by
       FROM input WHERE NOT EXISTS (SELECT FROM rewritten WHERE rewritten.host_id = input.host_id)`,
      [
        rows.map(({ summary }) => summary.hostId),
        rows.map(({ summary }) => summary.level),
        rows.map(({ summary }) => summary.score),
        rows.map(({ summaryText }) => summaryText),
        rows.map(({ summarySaid }) => summarySaid),
        rows.map(({ bodySaid }) => bodySaid),
        bodies.map(({ body }) => body),
        bodies.map(({ dictionary }) => dictionary),
        rows.map(({ assessment }) => assessment.exposure.unmappedLuns),
        rows.map(({ feedKeysSaid }) => feedKeysSaid),
        rows.map(({ step }) => step.isMove),
        rows.map(({ summary }) => summary.topReason),
        at,
        rows.map(({ judgedBy }) => judgedBy),
      ],
    );
  }

  private async hold(judged: readonly Judged[], at: string): Promise<void> {
    if (judged.length === 0) return;
    await this.sql.run(
      `UPDATE host_seen SET report_ms = input.report_ms, map_until = input.map_until, calendar_until = input.calendar_until,
         other_until = least(input.map_until, input.calendar_until), judged_at = $5, feeds_moved = false
       FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::timestamptz[]) AS input(host_id, report_ms, map_until, calendar_until)
       WHERE host_seen.host_id = input.host_id`,
      [
        judged.map(({ summary }) => summary.hostId),
        judged.map(({ assessment }) => assessment.validity.reportMs),
        judged.map(({ assessment }) => assessment.validity.mapUntil),
        judged.map(({ assessment }) => assessment.validity.calendarUntil),
        at,
      ],
    );
  }
}

type VerdictRow = Judged & {
  step: Step;
  body: string;
  summaryText: string;
  summarySaid: Uint8Array;
  bodySaid: Uint8Array;
  feedKeysSaid: Uint8Array | null;
  judgedBy: string;
  standingDictionary: string | null;
};

function rowOf(
  { assessment, summary, feedKeys, judgedBy }: NewVerdict,
  before: StandingVerdict | undefined,
): VerdictRow {
  const body = JSON.stringify(assessment);
  const summaryText = JSON.stringify(summary);
  const said = {
    // Of a host that never reported nothing else says how long its verdict holds: there its times are news.
    summarySaid: saidHash(summaryText, { withTimes: summary.lastReportAt === null }),
    bodySaid: saidHash(body),
    feedKeysSaid: feedKeys === null ? (before?.feedKeysSaid ?? null) : keysHash(feedKeys),
    judgedBy,
  };
  const standingDictionary = before?.dictionary ?? null;
  return {
    assessment,
    summary,
    body,
    summaryText,
    standingDictionary,
    ...said,
    step: stepOf({ assessment, summary }, said, before),
  };
}

type Said = Pick<StandingVerdict, 'summarySaid' | 'bodySaid' | 'feedKeysSaid' | 'judgedBy'>;

function stepOf({ assessment, summary }: Judged, said: Said, before: StandingVerdict | undefined): Step {
  if (before === undefined) return { isMove: true, isNews: true, isOther: true };
  const isOtherSummary = !isSame(said.summarySaid, before.summarySaid);
  return {
    // The column holds four bytes of it.
    isMove: before.level !== summary.level || Math.fround(before.score) !== Math.fround(summary.score),
    // A page takes a later end from sightings, and an earlier one from nothing else than this.
    isNews: isOtherSummary || before.reportMs === 0 || endsEarlier(assessment, before.ends),
    isOther:
      isOtherSummary ||
      said.judgedBy !== before.judgedBy ||
      !isSame(said.bodySaid, before.bodySaid) ||
      !isSame(said.feedKeysSaid, before.feedKeysSaid),
  };
}

function endsEarlier({ validity }: Judged['assessment'], before: Ends): boolean {
  const { reportMs: report_ms, mapUntil: map_until, calendarUntil: calendar_until } = validity;
  const [was, is] = [endOf(before), endOf({ observed_at: before.observed_at, report_ms, map_until, calendar_until })];
  return is !== null && (was === null || Date.parse(is) < Date.parse(was));
}
