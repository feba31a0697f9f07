import type { Known } from '@lunwarden/contract';

/** When somebody means to change the host, as ISO instants. */
export type ChangeWindow = { name: string; startsAt: string; endsAt: string };

/** A rule or guard that somebody suspended until a day. */
export type Exception = { name: string; expiresAt: string; closedAt: string | null };

/** What is planned for the host and what was done about it. Our own records: as fresh as the question. */
export type ChangeView = {
  /** The running window, else the next one, else the last that ended; null = none was ever planned. */
  window: Known<ChangeWindow | null>;
  /** When the facts of the last pre-flight were collected; null = there was none. */
  preflightAt: Known<string | null>;
  /** Whether backup jobs may start on this host, and how many of its tasks run. */
  jobs: Known<{ areEnabled: boolean; runningTasks: number }>;
  exceptions: Known<readonly Exception[]>;
  /** Reports of this host that were refused for their signature or their number, newest first. */
  refusals: Known<readonly { at: string; reason: string }[]>;
};
