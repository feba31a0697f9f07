import type { HostDetail } from '@lunwarden/contract';
import { expireSummary } from '@lunwarden/risk';
import { use, useMemo } from 'react';
import { DataContext } from './context.js';
import { useExpiryClock } from './use-expiry-clock.js';

/** A host's page as it may be read now; greyed by the page's own timer, like the fleet. */
export function useHostView(stored: HostDetail): { detail: HostDetail; isExpired: boolean } {
  const { clock } = use(DataContext);
  const lookedAt = useExpiryClock(useMemo(() => [stored.summary], [stored]));
  return useMemo(() => {
    const now = Math.max(lookedAt, clock.now());
    const summary = expireSummary(stored.summary, new Date(now).toISOString());
    return { detail: { ...stored, summary }, isExpired: Date.parse(summary.validUntil) <= now };
  }, [stored, lookedAt, clock]);
}
