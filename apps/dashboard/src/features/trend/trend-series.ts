import type { HostSummary, TrendPoint } from '@lunwarden/contract';

/** The stored days plus today as it stands; a stored today is replaced. `today` is a UTC date. */
export function withToday(
  points: readonly TrendPoint[],
  today: string,
  now: { hosts: readonly HostSummary[]; vmsAtRisk: number },
): TrendPoint[] {
  const counts = { critical: 0, unknown: 0, high: 0, medium: 0, low: 0, minimal: 0 };
  for (const { level } of now.hosts) counts[level] += 1;
  return [...points.filter((point) => point.date < today), { date: today, levels: counts, vmsAtRisk: now.vmsAtRisk }];
}
