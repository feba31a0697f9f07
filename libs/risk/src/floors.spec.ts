import type { UpdateAttempt, WindowsFacts } from '@lunwarden/contract';
import { daysBefore, hostOf, linuxFacts, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from './assess.js';
import type { Facts } from './facts.js';
import { beside, linuxBeside, withLun } from './testing/cases.js';
import { around } from './testing/products.js';

const floors = (facts: Parameters<typeof hostOf>[0], more: Partial<Facts> = {}) =>
  assess({ ...hostOf(facts), ...more }, storyNow).floors;
const online = { isOffline: { value: false } } as const;
const writable = { ...online, isReadOnly: { value: false } } as const;
const enabled = { automount: { value: 'enabled' } } as const;
const weakGuard = 'F6-weak-guard-beside-luns';
const trap = 'F7-trap-ahead-beside-luns';
const attempt: UpdateAttempt = { id: 'KB1', title: 'x', at: daysBefore(2), result: 'failed', hresult: '0x800f0922' };
const waiting = (id: string, ...categories: string[]): Partial<WindowsFacts> => ({
  pendingUpdates: { value: [{ id, title: id, severity: 'low', categories, cves: ['CVE-1'], needsReboot: false }] },
});
const listed = (exploited: 'listed' | 'ransomware') => {
  const { feeds } = around({});
  return { feeds: feeds && { ...feeds, cves: { value: { asOf: '2026-11-19', byId: { 'CVE-1': { exploited } } } } } };
};

describe('a score has no floor', () => {
  it('where every guard beside the LUNs is set, nor where there are none', () => {
    expect(floors(beside())).toEqual([]);
    expect(floors(windowsFacts({ sanPolicy: { value: 'OnlineAll' }, ...enabled }))).toEqual([]);
    expect(floors(withLun({ isReadOnly: { value: false } }))).toEqual([]);
    expect(floors(linuxBeside({ readOnly: { value: false } }))).toEqual([]);
  });

  it('for a trap on a host without LUNs', () => {
    expect(floors(windowsFacts({ updateHistory: { value: [attempt] }, ...enabled }))).toEqual([]);
  });
});

describe('a score has a floor', () => {
  it.each([
    ['OnlineAll', [weakGuard]],
    ['OfflineInternal', [weakGuard]],
    ['OfflineAll', []],
    ['OfflineShared', []],
  ] as const)('by the SAN policy %s beside LUNs: %j', (policy, expected) => {
    expect(floors(beside({ sanPolicy: { value: policy } }))).toEqual(expected);
  });

  it('by automount, and by a LUN that is online', () => {
    expect(floors(beside(enabled))).toEqual([weakGuard]);
    expect(floors(withLun(online))).toEqual([weakGuard]);
    expect(floors(withLun(writable))).toEqual(['F3-online-writable', weakGuard]);
    expect(floors({ ...withLun(writable), ...enabled })).toEqual(['F2-online-writable-automount', weakGuard]);
  });

  it.each<[string, Partial<WindowsFacts>]>([
    ['a failed update', { updateHistory: { value: [attempt] } }],
    ['an update of the boot store', waiting('KB5034441')],
    ['an upgrade', waiting('KB1', 'Upgrades')],
  ])('by %s beside LUNs, and a higher one where it is armed', (_what, change) => {
    expect(floors(beside(change))).toEqual([trap]);
    expect(floors(beside({ ...change, ...enabled }))).toEqual([weakGuard, trap, 'F8-trap-armed']);
    const online = { sanPolicy: { value: 'OnlineAll' } } as const;
    expect(floors(beside({ ...change, ...online }))).toEqual([weakGuard, trap, 'F8-trap-armed']);
    const reverse = { sanPolicy: { value: 'OfflineInternal' } } as const;
    expect(floors(beside({ ...change, ...reverse }))).toEqual([weakGuard, trap]);
  });

  it('by an exploited vulnerability, a higher one by ransomware and on the backup server', () => {
    const facts = windowsFacts(waiting('KB1'));
    expect(floors(facts, listed('listed'))).toEqual(['F5-exploited']);
    expect(floors(facts, listed('ransomware'))).toEqual(['F4-ransomware-exploited']);
    const server = { ...facts, roles: { value: ['backup-server' as const] } };
    expect(floors(server, listed('ransomware'))).toEqual(['F4-ransomware-exploited-backup-server']);
    expect(floors(server, listed('listed'))).toEqual(['F5-exploited']);
    expect(floors(linuxFacts({ pendingUpdates: facts.pendingUpdates }), listed('listed'))).toEqual(['F5-exploited']);
  });

  it('of a hundred by a table that was overwritten', () => {
    const blank = { ...writable, partitionStyle: 'RAW', partitions: { value: [] } } as const;
    expect(floors(withLun({ ...blank, partitions: { value: [] } }))[0]).toBe('F1-overwrite-evidence');
  });
});
