import { WeeklyListItem, WeeklySnapshot } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

const ListItem = z.strictObject({ ...WeeklyListItem.shape, takenAt: column.instant }).pipe(WeeklyListItem);
const Body = z.strictObject({ body: WeeklySnapshot });
const Slot = z.strictObject({ slot: z.string() });
const Answer = z.strictObject({ answer: z.boolean() });

/**
 * Closed weeks. Each belongs to the time zone in which it was closed; where a week was closed in several, because the
 * setting was changed, the one of the asked zone comes first, and none is hidden.
 */
export class WeeklyRepository {
  constructor(private readonly sql: Sql) {}

  /** Newest first. */
  list(timeZone: string): Promise<WeeklyListItem[]> {
    const text = `SELECT DISTINCT ON (week) week, taken_at AS "takenAt", levels, vms_at_risk AS "vmsAtRisk"
      FROM weekly_snapshot ORDER BY week DESC, (time_zone = $1) DESC, time_zone`;
    return this.sql.many(ListItem, text, [timeZone]);
  }

  get(week: string, timeZone: string): Promise<WeeklySnapshot | null> {
    return this.first(
      `SELECT body FROM weekly_snapshot WHERE week = $1 ORDER BY (time_zone = $2) DESC, time_zone LIMIT 1`,
      [week, timeZone],
    );
  }

  /** The newest closed week before `week`; the one right before it may be missing. */
  before(week: string, timeZone: string): Promise<WeeklySnapshot | null> {
    return this.first(
      `SELECT body FROM weekly_snapshot WHERE week < $1 ORDER BY week DESC, (time_zone = $2) DESC, time_zone LIMIT 1`,
      [week, timeZone],
    );
  }

  isClosed(week: string, timeZone: string): Promise<boolean> {
    return this.ask(`SELECT EXISTS (SELECT FROM weekly_snapshot WHERE week = $1 AND time_zone = $2) AS answer`, [
      week,
      timeZone,
    ]);
  }

  /** Whether there was a fleet at all before an instant: a week without one is not reported as an empty one. */
  hadFleet(before: string): Promise<boolean> {
    return this.ask(`SELECT EXISTS (SELECT FROM host WHERE enrolled_at < $1) AS answer`, [before]);
  }

  /** Claims the week for this snapshot and stores it, in one transaction. @returns false if another process was first. */
  async close(snapshot: WeeklySnapshot, owner: string): Promise<boolean> {
    const slot = `${snapshot.week} ${snapshot.timeZone}`;
    const claimed = await this.sql.one(
      Slot,
      `INSERT INTO job_run (job, slot, owner, finished_at, outcome) VALUES ('weekly', $1, $2, now(), 'closed')
       ON CONFLICT DO NOTHING RETURNING slot`,
      [slot, owner],
    );
    if (claimed === null) return false;
    await this.sql.run(
      `INSERT INTO weekly_snapshot (week, time_zone, taken_at, levels, vms_at_risk, body) VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        snapshot.week,
        snapshot.timeZone,
        snapshot.takenAt,
        JSON.stringify(snapshot.levels),
        snapshot.vmsAtRisk.count,
        JSON.stringify(snapshot),
      ],
    );
    return true;
  }

  private async first(text: string, parameters: readonly unknown[]): Promise<WeeklySnapshot | null> {
    return (await this.sql.one(Body, text, parameters))?.body ?? null;
  }

  private async ask(text: string, parameters: readonly unknown[]): Promise<boolean> {
    return (await this.sql.one(Answer, text, parameters))?.answer ?? false;
  }
}
