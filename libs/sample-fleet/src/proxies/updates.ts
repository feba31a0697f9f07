import type { PendingUpdate, UpdateAttempt } from '@lunwarden/contract';
import { daysBefore } from '../story/facts.js';
import { hasFlaw, type SampleHost } from './sample-host.js';
import type { WindowsSystem } from './systems.js';
import { bootPartitionFull, pendingTrap, servicePack1, winRe2022 } from './traps.js';

/** Numbers of monthly updates are invented: they count months, and no real update of that month is meant. */
function monthlyUpdate(system: WindowsSystem, month: string) {
  const [year = 2026, number = 1] = month.split('-').map(Number);
  const id = `KB${5_900_000 + (year - 2020) * 1200 + number * 100 + ((system.ubr ?? 0) % 97)}`;
  return { id, title: `${month} Cumulative Update for ${system.updateTitle} (${id})` };
}

const pending = (
  { id, title }: { id: string; title: string },
  severity: PendingUpdate['severity'],
  cves: string[] = [],
): PendingUpdate => ({ id, title, severity, categories: ['Security Updates'], cves, needsReboot: true });

/** The update that this system's trap refused, and the code that it left. */
function failedTrap(host: SampleHost, system: WindowsSystem) {
  if (system.version === '6.1.7600') return servicePack1;
  if (system.version === '10.0.20348') return winRe2022;
  return { ...monthlyUpdate(system, monthOf(host.patchedAt, 1)), ...bootPartitionFull };
}

export function pendingOnWindows(host: SampleHost, system: WindowsSystem): PendingUpdate[] {
  const updates: PendingUpdate[] = [];
  if (hasFlaw(host, 'trap-failed')) updates.push(pending(failedTrap(host, system), 'important'));
  if (hasFlaw(host, 'trap-pending')) updates.push(pendingTrap(system));
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
    const { id, title, hresult } = failedTrap(host, system);
    attempts.push({ id, title, at: daysBefore(-1, host.patchedAt), result: 'failed', hresult });
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
