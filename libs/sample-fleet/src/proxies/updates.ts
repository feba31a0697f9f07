import type { PendingUpdate, UpdateAttempt } from '@lunwarden/contract';
import { daysBefore } from '../story/facts.js';
import { hasFlaw, type SampleHost } from './sample-host.js';
import type { WindowsSystem } from './systems.js';

// Real updates that fail, or turn an administrator to the recovery or boot partition of a host with LUNs.
const servicePack1 = { id: 'KB976932', title: 'Windows Server 2008 R2 Service Pack 1 x64 Edition (KB976932)' };
const winRe2022 = {
  id: 'KB5034439',
  title: '2024-01 Security Update for Microsoft server operating system version 21H2 (KB5034439)',
};

/** Numbers of monthly updates are invented: they count months, and no real update of that month is meant. */
function monthlyUpdate(system: WindowsSystem, month: string) {
  const [year = 2026, number = 1] = month.split('-').map(Number);
  const id = `KB${5_900_000 + (year - 2020) * 1200 + number * 100 + ((system.ubr ?? 0) % 97)}`;
  return { id, title: `${month} Cumulative Update for ${system.updateTitle} (${id})` };
}

const pending = (
  update: { id: string; title: string },
  severity: PendingUpdate['severity'],
  cves: string[] = [],
): PendingUpdate => ({ ...update, severity, categories: ['Security Updates'], cves, needsReboot: true });

/** The trap that waits on this proxy, or has sprung. */
const trapOf = (system: WindowsSystem) => (system.version === '6.1.7600' ? servicePack1 : winRe2022);
const trapCode = (system: WindowsSystem) => (system.version === '6.1.7600' ? '0x800f0a12' : '0x80070643');

export function pendingOnWindows(host: SampleHost, system: WindowsSystem): PendingUpdate[] {
  const updates: PendingUpdate[] = [];
  if (hasFlaw(host, 'trap-failed') || hasFlaw(host, 'trap-pending')) {
    updates.push(pending(trapOf(system), 'important', system.version === '6.1.7600' ? [] : ['CVE-2024-20666']));
  }
  if (hasFlaw(host, 'patches-overdue')) {
    // In CISA's catalogue of exploited vulnerabilities, with ransomware (CLFS, April 2025).
    updates.push(pending(monthlyUpdate(system, monthOf(host.patchedAt, 1)), 'critical', ['CVE-2025-29824']));
  } else if (host.monthsBehind > 0) {
    updates.push(pending(monthlyUpdate(system, monthOf(host.patchedAt, host.monthsBehind)), 'important'));
  }
  updates.push({
    id: 'KB890830',
    title: 'Windows Malicious Software Removal Tool x64 (KB890830)',
    severity: 'unspecified',
    categories: ['Update Rollups'],
    cves: [],
    needsReboot: false,
  });
  return updates;
}

/** Eleven lines, newest first: a failed trap where there is one, then a month each. */
export function historyOf(host: SampleHost, system: WindowsSystem): UpdateAttempt[] {
  const attempts: UpdateAttempt[] = [];
  if (hasFlaw(host, 'trap-failed')) {
    const failedAt = daysBefore(-1, host.patchedAt);
    attempts.push({ ...trapOf(system), at: failedAt, result: 'failed', hresult: trapCode(system) });
  }
  for (let month = 0; attempts.length < 11; month++) {
    const at = daysBefore(month * 30, host.patchedAt);
    const update = monthlyUpdate(system, monthOf(at, 0));
    attempts.push({ ...update, at, result: 'succeeded', hresult: null });
  }
  return attempts;
}

export function pendingOnLinux(host: SampleHost): PendingUpdate[] {
  const update = (id: string, severity: PendingUpdate['severity'], cves: string[]): PendingUpdate => ({
    id,
    title: `${id} security update`,
    severity,
    categories: ['security'],
    cves,
    needsReboot: id === 'kernel',
  });
  // CVE-2024-1086 (nf_tables) is in CISA's catalogue of exploited vulnerabilities.
  if (hasFlaw(host, 'patches-overdue')) {
    return [update('kernel', 'critical', ['CVE-2024-1086']), update('openssh-server', 'important', ['CVE-2024-6387'])];
  }
  return host.monthsBehind > 0 ? [update('kernel', 'important', []), update('openssl', 'moderate', [])] : [];
}

/** `2026-11`: the month that comes `later` months after the one of `at`. */
function monthOf(at: string, later: number): string {
  const date = new Date(at);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1)).toISOString().slice(0, 7);
}
