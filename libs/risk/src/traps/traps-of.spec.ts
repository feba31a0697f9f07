import type { HostFacts, PendingUpdate, UpdateAttempt, WindowsFacts } from '@lunwarden/contract';
import { daysBefore, hostOf, linuxFacts, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.js';
import type { Facts } from '../facts.js';
import { unknown } from '../testing/cases.js';
import { reportAt } from '../testing/readings.js';
import { titled } from '../titled.js';
import { runbookOf } from './runbook.js';
import { matchTraps, type PlannedChange, type Trap, type TrapGround } from './trap.js';

const runbook = (facts: HostFacts, around: Partial<Facts> = {}, planned: PlannedChange[] = []) => {
  const host: Facts = { ...hostOf(facts), ...around };
  return runbookOf(host, titled(assess(host, storyNow)), { planned });
};
const found = (facts: HostFacts, around: Partial<Facts> = {}) =>
  runbook(facts, around).traps.map(({ id, because, detail }) => `${id} ${because}: ${detail}`);
const os = (version: string): WindowsFacts['os'] => ({
  value: { caption: 'Windows', version, ubr: 1, edition: 'x', productType: 'server' },
});
const attempt = (id: string, change: Partial<UpdateAttempt> = {}): UpdateAttempt => ({
  id,
  title: id,
  at: daysBefore(2),
  result: 'failed',
  hresult: '0x80070643',
  ...change,
});
const failed = (...value: UpdateAttempt[]): Partial<WindowsFacts> => ({ updateHistory: { value } });
const waiting = (...ids: string[]): Partial<WindowsFacts> => ({
  pendingUpdates: {
    value: ids.map((id) => ({ id, title: id, severity: 'low', categories: [], cves: [], needsReboot: false })),
  },
});

describe('the traps of a host', () => {
  it('are none where nothing waits, failed or is planned, nor where nobody could read what does', () => {
    expect(found(windowsFacts())).toEqual([]);
    expect(found(windowsFacts({ pendingUpdates: unknown, updateHistory: unknown }))).toEqual([]);
    expect(found(windowsFacts(), { report: null })).toEqual([]);
  });

  it('are told with the update in which they lie', () => {
    expect(found(windowsFacts({ ...waiting('KB5034441'), ...failed(attempt('KB5034441')) }))).toEqual([
      'TRAP-02 pending: KB5034441 is waiting',
      'TRAP-02 failed: KB5034441 failed with 0x80070643',
      'TRAP-03 failed: KB5034441 failed with 0x80070643',
      'TRAP-08 failed: KB5034441 failed with 0x80070643',
    ]);
    expect(found(windowsFacts(failed(attempt('KB5034441', { hresult: null }))))).toEqual([
      'TRAP-02 failed: KB5034441 failed with an error',
    ]);
  });

  it('are no failures that were made good', () => {
    const mended = attempt('KB5034441', { at: daysBefore(1), result: 'succeeded', hresult: null });
    expect(found(windowsFacts(failed(attempt('KB5034441'), mended)))).toEqual([]);
  });

  it('lie in what was reported before, where the newest report could not read it', () => {
    const blind = windowsFacts({ pendingUpdates: unknown });
    expect(found(blind, reportAt(blind, '2026-11-20T06:00:00Z', windowsFacts(waiting('KB5034441'))))).toEqual([
      'TRAP-02 pending: KB5034441 is waiting',
    ]);
  });

  it('lie in a code only on a system that is known to have them, or that nobody knows', () => {
    const on = (version: WindowsFacts['os']) => found(windowsFacts({ os: version, ...failed(attempt('KB1')) }));
    expect(on(os('10.0.20348')).map((text) => text.slice(0, 7))).toEqual(['TRAP-02', 'TRAP-03', 'TRAP-08']);
    expect(on(os('6.3.9600')).map((text) => text.slice(0, 7))).toEqual(['TRAP-08']);
    expect(on(unknown).map((text) => text.slice(0, 7))).toEqual(['TRAP-02', 'TRAP-03', 'TRAP-08']);
  });

  it('lie in what somebody plans, on the system that it is planned for', () => {
    const ids = (facts: HostFacts, change: PlannedChange) => runbook(facts, {}, [change]).traps.map(({ id }) => id);
    expect(ids(windowsFacts(), 'roll-secure-boot-certificates')).toEqual(['TRAP-05']);
    expect(ids(windowsFacts({ os: os('6.1.7601') }), 'roll-secure-boot-certificates')).toEqual([]);
    expect(ids(linuxFacts(), 'roll-secure-boot-certificates')).toEqual([]);
  });
});

describe('a trap', () => {
  const trap: Trap = {
    id: 'TRAP-01',
    title: 'x',
    platform: 'linux',
    versions: ['9.'],
    updates: ['RHSA-1'],
    categories: ['upgrades'],
    codes: ['0x1'],
    changes: ['os-upgrade'],
  };
  const update: PendingUpdate = {
    id: 'RHSA-2',
    title: 'x',
    severity: 'low',
    categories: ['Security', 'UPGRADES'],
    cves: [],
    needsReboot: true,
  };
  const match = (change: Partial<TrapGround>) =>
    matchTraps({ platform: 'linux', version: '9.6', pending: [], failed: [], planned: [], ...change }, [trap]).map(
      ({ because, detail }) => `${because}: ${detail}`,
    );

  it('is recognised once for each way in which it shows', () => {
    const failure = attempt('RHSA-3', { hresult: '0x1' });
    expect(
      match({
        pending: [update],
        failed: [failure],
        planned: ['os-upgrade'],
      }),
    ).toEqual(['pending: RHSA-2 is waiting', 'failed: RHSA-3 failed with 0x1', 'planned: os-upgrade']);
  });

  it('is recognised by a class, a code or a plan only on its own versions, and by its update on any', () => {
    const other: Partial<TrapGround> = {
      version: '8.9',
      pending: [update],
      planned: ['os-upgrade'],
    };
    expect(match({ ...other, failed: [attempt('RHSA-3', { hresult: '0x1' })] })).toEqual([]);
    expect(match({ version: '8.9', pending: [{ ...update, id: 'RHSA-1', categories: [] }] })).toEqual([
      'pending: RHSA-1 is waiting',
    ]);
    expect(match({ version: '8.9', failed: [attempt('RHSA-1')] })).toEqual(['failed: RHSA-1 failed with 0x80070643']);
  });

  it('is not recognised by a failure without a code', () => {
    expect(match({ failed: [attempt('RHSA-3', { hresult: null })] })).toEqual([]);
  });
});

describe('the commands of a runbook', () => {
  it.each([
    ['6.0.6003', 'windows-2008'],
    ['6.1.7601', 'windows-2008'],
    ['6.2.9200', 'windows'],
    ['10.0.16.1', 'windows'],
  ])('for Windows %s are those of %s', (version, family) => {
    expect(runbook(windowsFacts({ os: os(version) })).family).toBe(family);
  });

  it('are those of the system that reports, else of the one that enrolled', () => {
    expect(runbook(windowsFacts({ os: unknown })).family).toBe('windows');
    expect(runbook(windowsFacts(), { platform: 'linux' }).family).toBe('windows');
    expect(runbook(windowsFacts(), { report: null, platform: 'linux' }).family).toBe('linux');
    expect(runbook(linuxFacts(), { report: null, platform: 'windows' }).family).toBe('windows');
  });

  it('stand beside the steps that have some, and nothing beside the others', () => {
    const { steps } = runbook(windowsFacts());
    const patch = steps.find(({ id }) => id === 'patch');
    expect(patch).toMatchObject({ commands: [], text: expect.stringMatching(/^Install the updates/) });
    expect(patch?.verify.join()).toContain('Get-HotFix');
    expect(steps.find(({ id }) => id === 'stop-jobs')).toMatchObject({ commands: [], verify: [] });
  });
});
