import { gapsOfPicture, type WeeklySnapshot } from '@lunwarden/contract';
import { type Standing, standingOf } from './host-standing.js';
import { countOf } from './words.js';

export type WeeklyVerdict = {
  /** `ready` only if every host was judged, none is critical or high, and the reach of each is fully known. */
  word: 'not-ready' | 'unknown' | 'ready';
  /** One sentence for a subject line. */
  sentence: string;
  /** Hosts by standing; they add up to `total`. */
  hosts: Record<Standing, number> & { total: number };
  /** What keeps the picture from being whole, one sentence each; empty = it is whole. */
  gaps: string[];
};

/** The first line of the weekly report: may the fleet be patched as it stood when the week was closed? */
export function verdictOf(snapshot: WeeklySnapshot): WeeklyVerdict {
  const hosts = countStandings(snapshot);
  const gaps = gapsOfPicture(snapshot, snapshot.takenAt);
  const atRisk = `${snapshot.vmsAtRisk.isComplete ? '' : 'at least '}${countOf(snapshot.vmsAtRisk.count, 'VM')}`;
  const proxies = countOf(hosts.total, 'proxy', 'proxies');
  if (hosts.blocked > 0) {
    const unknown = hosts.unknown > 0 ? `, and ${hosts.unknown} cannot be judged` : '';
    const sentence = `${hosts.blocked} of ${proxies} must not be patched${unknown}; ${atRisk} at risk.`;
    return { word: 'not-ready', sentence, hosts, gaps };
  }
  if (hosts.total === 0)
    return { word: 'unknown', sentence: 'No proxy is enrolled: nothing was checked.', hosts, gaps };
  if (hosts.unknown > 0) {
    const sentence = `${hosts.unknown} of ${proxies} cannot be judged; ${atRisk} at risk.`;
    return { word: 'unknown', sentence, hosts, gaps };
  }
  if (gaps.length > 0)
    return { word: 'unknown', sentence: `No proxy is blocked, but the picture has gaps: ${gaps[0]}`, hosts, gaps };
  return { word: 'ready', sentence: `No proxy is blocked or unknown; ${proxies} checked.`, hosts, gaps };
}

function countStandings(snapshot: WeeklySnapshot): WeeklyVerdict['hosts'] {
  const hosts = { blocked: 0, unknown: 0, ready: 0, total: snapshot.hosts.length };
  for (const host of snapshot.hosts) hosts[standingOf(host, snapshot.takenAt)]++;
  return hosts;
}
