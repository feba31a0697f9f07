import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import { ApiError } from './api.js';
import { welcomeKey } from './keys.js';
import { LiveFeed, type LiveState } from './live-feed.js';
import { ServerClock } from './server-clock.js';

export type Data = { cache: QueryClient; clock: ServerClock; live: LiveFeed };

/** One cache, one clock, one socket for a page. */
export function makeData(): Data {
  const onError = (error: Error, key?: readonly unknown[]) => {
    // A session that ended is the door's business: it asks who is there and shows the login.
    if (error instanceof ApiError && error.status === 401 && key?.[0] !== welcomeKey[0]) {
      void cache.invalidateQueries({ queryKey: welcomeKey });
    }
  };
  const cache = new QueryClient({
    queryCache: new QueryCache({ onError: (error, query) => onError(error, query.queryKey) }),
    mutationCache: new MutationCache({ onError: (error) => onError(error) }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: (count, error) => count < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      },
      mutations: { networkMode: 'always' },
    },
  });
  const clock = new ServerClock();
  return { cache, clock, live: new LiveFeed(cache, clock, window.location.origin) };
}

export const DataContext = createContext<Data>(makeData());

export function useLive(): LiveState {
  const { live } = use(DataContext);
  return useSyncExternalStore(live.subscribe, live.state);
}

/** The server's time, looked at every `everyMs`; at 30 s "2 min ago" is never far off. */
export function useServerNow(everyMs = 30_000): number {
  const { clock } = use(DataContext);
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(clock.now()), everyMs);
    return () => clearInterval(timer);
  }, [clock, everyMs]);
  return now;
}
