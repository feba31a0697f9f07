import type { CollectorRun, ProxyReport } from '@lunwarden/contract';
import { randomOf, uuidOf } from '../random.js';
import { reportOf } from '../story/report.js';
import { linuxFacts } from './linux-facts.js';
import { hasFlaw, type SampleHost } from './sample-host.js';
import { windowsFacts } from './windows-facts.js';

export type Sending = {
  /** The sender's clock, ISO 8601 in UTC. */
  now: string;
  /** Count of reports within this boot. */
  seq: number;
  /** Age of the facts when they are sent; more than 0 = spooled while nobody could be reached. */
  ageMs?: number;
};

/** What this proxy's collector sends now. The same host and sending give the same bytes. */
export function hostReport(host: SampleHost, { now, seq, ageMs = 0 }: Sending): ProxyReport {
  const { system } = host;
  const random = randomOf(host.seed, 'report', host.boots, seq, now);
  const head = Date.parse(now).toString(16).padStart(12, '0');
  return reportOf(system.platform === 'windows' ? windowsFacts(host, system) : linuxFacts(host, system), {
    reportId: uuidOf(head, '7', random.hex(18), random.between(8, 11)),
    installId: host.installId,
    bootId: randomOf(host.seed, 'boot', host.boots).uuid(),
    seq,
    ageMs,
    collectedAt: new Date(Date.parse(now) - ageMs).toISOString(),
    sentAt: now,
    collectors: collectorsOf(host),
  });
}

const parts = {
  windows: ['identity', 'san-policy', 'automount', 'disks', 'updates', 'update-policy', 'boot-space'],
  linux: ['identity', 'disks', 'lvm', 'multipath', 'updates'],
} as const;
const guarded: readonly string[] = ['san-policy', 'automount', 'disks', 'lvm'];

function collectorsOf(host: SampleHost): CollectorRun[] {
  return parts[host.system.platform].map((name, at) => {
    const durationMs = 20 + ((host.seed >>> at) % 400);
    if (hasFlaw(host, 'access-denied') && guarded.includes(name)) {
      return { name, status: 'denied', code: '0x80070005', durationMs };
    }
    if (hasFlaw(host, 'patch-scan-failed') && name === 'updates') {
      return { name, status: 'error', code: '0x8024402c', durationMs };
    }
    return { name, status: 'ok', durationMs };
  });
}
