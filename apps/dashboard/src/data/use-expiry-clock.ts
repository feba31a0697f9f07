import { use, useEffect, useState } from 'react';
import { DataContext } from './context.js';
import { restMs } from './expiry.js';

/**
 * Server time in ms of the last look, renewed whenever one of these verdicts runs out, whether anything arrives or
 * not. Whoever judges by it takes the later of it and the clock.
 */
export function useExpiryClock(hosts: Iterable<{ validUntil: string }>): number {
  const { clock } = use(DataContext);
  const [lookedAt, setLookedAt] = useState(() => clock.now());
  useEffect(() => {
    const now = Math.max(lookedAt, clock.now());
    const timer = setTimeout(() => setLookedAt(clock.now()), restMs(hosts, now));
    return () => clearTimeout(timer);
  }, [hosts, lookedAt, clock]);
  return lookedAt;
}
