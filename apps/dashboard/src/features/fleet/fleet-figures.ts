import { type HostSummary, type Level, levels, type PatchExposure } from '@lunwarden/contract';

/** Levels that forbid the sentence "safe to patch": nobody may read silence as safety. */
const unsafe: readonly Level[] = ['critical', 'unknown', 'high'];

export const isUnsafe = (host: HostSummary): boolean => unsafe.includes(host.level);

export function countLevels(hosts: readonly HostSummary[]): Record<Level, number> {
  const counts = { critical: 0, unknown: 0, high: 0, medium: 0, low: 0, minimal: 0 };
  for (const { level } of hosts) counts[level] += 1;
  return counts;
}

/** Distinct datastores that an unsafe host reaches. */
export function datastoresAtRisk(hosts: readonly HostSummary[]): number {
  return new Set(hosts.filter(isUnsafe).flatMap((host) => host.datastoreIds)).size;
}

export type Cell = { hosts: number; worst: Level };
type Mode = HostSummary['mode'];

/** Hosts per transport mode and patch exposure, each with the worst level among them. */
export function matrixOf(hosts: readonly HostSummary[]): Map<`${Mode}/${PatchExposure}`, Cell> {
  const cells = new Map<`${Mode}/${PatchExposure}`, Cell>();
  for (const { mode, patch, level } of hosts) {
    const key = `${mode}/${patch}` as const;
    const cell = cells.get(key);
    cells.set(
      key,
      cell === undefined ? { hosts: 1, worst: level } : { hosts: cell.hosts + 1, worst: worse(cell.worst, level) },
    );
  }
  return cells;
}

/** `levels` stands worst first. */
const worse = (a: Level, b: Level): Level => (levels.indexOf(a) <= levels.indexOf(b) ? a : b);

export type FleetVerdict = { word: 'READY' | 'NOT READY' | 'UNKNOWN'; level: Level; text: string };

const many = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * One sentence for the head of the page. Without a host there is nothing to be ready, and nothing is ready of which only
 * a part is seen: the same gaps as in the weekly report.
 * @param gaps what keeps the picture from being whole (`gapsOfPicture`)
 */
export function verdictOf(hosts: readonly HostSummary[], gaps: readonly string[]): FleetVerdict {
  const { critical, high, unknown } = countLevels(hosts);
  const rest = hosts.length - critical - high - unknown;
  const parts = [
    critical > 0 && `${critical} critical`,
    high > 0 && `${high} high`,
    unknown > 0 && `${unknown} unknown`,
  ].filter((part) => part !== false);
  if (hosts.length === 0) return { word: 'UNKNOWN', level: 'unknown', text: 'No host has been judged yet.' };
  if (parts.length === 0 && gaps[0] !== undefined)
    return {
      word: 'UNKNOWN',
      level: 'unknown',
      text: `No host is critical, high or unknown, but the picture has gaps: ${gaps[0]}`,
    };
  if (parts.length === 0) {
    return {
      word: 'READY',
      level: 'minimal',
      text: `${many(hosts.length, 'host')} checked, none critical, high or unknown.`,
    };
  }
  const text = `${parts.join(', ')} of ${many(hosts.length, 'host')}; ${rest} medium or better.`;
  if (critical + high > 0) return { word: 'NOT READY', level: critical > 0 ? 'critical' : 'high', text };
  return { word: 'UNKNOWN', level: 'unknown', text };
}
