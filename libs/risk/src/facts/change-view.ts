import type { Known } from '@lunwarden/contract';

/** When somebody means to change the host, as ISO instants. */
export type ChangeWindow = { name: string; startsAt: string; endsAt: string };

/** A rule or guard that somebody suspended until a day. */
export type Exception = { name: string; expiresAt: string; closedAt: string | null };

/** For how long a refused report is held against its host. */
export const refusalCountsMs = 7 * 86_400_000;

/** What is planned for the host and what was done about it. Our own records: as fresh as the question, except `jobs`. */
export type ChangeView = {
  /** The running window, else the next one; null = none is planned. */
  window: Known<ChangeWindow | null>;
  /** The last window that ended; null = none ever did. A next one that is planned must not hide it. */
  ended: Known<ChangeWindow | null>;
  /** When the facts of the last pre-flight were collected; null = there was none. */
  preflightAt: Known<string | null>;
  /** Whether backup jobs may start on this host, and how many of its tasks run, as the backup product saw it at `at` (ISO). */
  jobs: Known<{ areEnabled: boolean; runningTasks: number; at: string }>;
  exceptions: Known<readonly Exception[]>;
  /** Reports of this host that were refused for their signature or their number, newest first. */
  refusals: Known<readonly { at: string; reason: string }[]>;
};
