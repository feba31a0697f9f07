import pg from 'pg';

export type Listener = { close(): Promise<void> };

/**
 * Hears NOTIFY on its own connection and comes back by itself when that breaks.
 * What was said meanwhile is lost, so `onEvent` is also called once after every (re)connection: read the table, not the payload.
 */
export async function listen(options: {
  url: string;
  channels: readonly string[];
  onEvent: (channel: string | null) => void;
}): Promise<Listener> {
  let client: pg.Client | null = null;
  let closed = false;
  let retry: NodeJS.Timeout | undefined;

  const lost = (): void => {
    client = null;
    if (!closed) retry = setTimeout(() => void connect().catch(lost), 500 + Math.random() * 1_500);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      connectionString: options.url,
      application_name: 'lunwarden listener',
      keepAlive: true,
    });
    next.on('error', () => next.end().catch(() => undefined));
    next.on('end', lost);
    next.on('notification', ({ channel }) => options.onEvent(channel));
    try {
      await next.connect();
      for (const channel of options.channels) await next.query(`LISTEN ${next.escapeIdentifier(channel)}`);
    } catch (error) {
      next.removeListener('end', lost);
      await next.end().catch(() => undefined);
      throw error;
    }
    client = next;
    options.onEvent(null);
  };

  await connect();
  return {
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
