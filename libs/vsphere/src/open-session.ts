import { parseAddress } from './address.js';
import type { VcenterOptions } from './collect-lun-map.js';
import { Session } from './session.js';
import { Connection } from './transport/connection.js';
import { defaultTimeouts, type Timeouts } from './transport/timeouts.js';

/** A login and what it runs over. */
export interface Opened {
  readonly session: Session;
  readonly connection: Connection;
  readonly timeouts: Timeouts;
}

/** What ends one use of a session: its deadline, or the caller. */
export function signalOf({ deadlineMs, signal, timeouts }: VcenterOptions): AbortSignal {
  const deadline = AbortSignal.timeout(deadlineMs ?? timeouts?.totalMs ?? defaultTimeouts.totalMs);
  return signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
}

/** Logs in. Whoever opens one closes it. @throws VsphereError */
export async function openSession(options: VcenterOptions): Promise<Opened> {
  const { url, username, password, trust } = options;
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const connection = new Connection(parseAddress(url, trust), trust, timeouts);
  try {
    const session = await Session.open(connection, { username, password }, signalOf(options));
    return { session, connection, timeouts };
  } catch (error) {
    options.onTraffic?.(connection.bytesRead);
    connection.close();
    throw error;
  }
}

export async function closeSession({ session, connection }: Opened): Promise<void> {
  await session.close();
  connection.close();
}

/** Logs in, runs `use`, and logs out again whatever happens. @throws VsphereError */
export async function withSession<T>(
  options: VcenterOptions,
  use: (session: Session, timeouts: Timeouts) => Promise<T>,
): Promise<T> {
  const opened = await openSession(options);
  try {
    return await use(opened.session, opened.timeouts);
  } finally {
    await closeSession(opened);
    options.onTraffic?.(opened.connection.bytesRead);
  }
}
