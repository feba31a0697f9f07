import type { PendingUpdate, UpdateAttempt } from '@lunwarden/contract';
import { hostOf, linuxFacts, storyFacts, storyNow, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.js';
import { titled } from '../titled.js';
import { stepCommands } from './commands.js';
import { runbookOf } from './runbook.js';
import { traps } from './table.js';
import { trapTexts } from './texts.js';
import { matchTraps, plannedChanges, type TrapGround, trapIds } from './trap.js';

const ground = (change: Partial<TrapGround>): TrapGround => ({
  platform: 'windows',
  version: '10.0.20348',
  pending: [],
  failed: [],
  planned: [],
  ...change,
});
const update = (id: string, categories: string[] = []): PendingUpdate => ({
  id,
  title: id,
  severity: 'unspecified',
  categories,
  cves: [],
  needsReboot: true,
});
const failure = (id: string, hresult: string): UpdateAttempt => ({
  id,
  title: id,
  at: storyNow,
  result: 'failed',
  hresult,
});
const idsOf = (change: Partial<TrapGround>) => matchTraps(ground(change), traps).map(({ id }) => id);
const runbook = (facts: Parameters<typeof hostOf>[0], planned: (typeof plannedChanges)[number][] = []) => {
  const host = hostOf(facts);
  return runbookOf(host, titled(assess(host, storyNow)), { planned });
};

describe('the traps', () => {
  it('are thirteen, in order, each with texts and at least one way to be recognised', () => {
    expect(traps.map(({ id }) => id)).toEqual(trapIds);
    for (const { id, updates, categories, codes, changes } of traps) {
      expect(updates.length + categories.length + codes.length + changes.length).toBeGreaterThan(0);
      expect(trapTexts[id].safeFix.length).toBeGreaterThan(0);
    }
    for (const change of plannedChanges.filter((one) => one !== 'install-updates'))
      expect(traps.some(({ changes }) => changes.includes(change))).toBe(true);
  });

  it.each([
    ['TRAP-01', { version: '6.1.7600', failed: [failure('KB976932', '0x800f0a12')] }],
    ['TRAP-01', { version: '6.1.7600', failed: [failure('KB1', '0x800f0a12')] }],
    ['TRAP-02', { pending: [update('KB5034439')] }],
    ['TRAP-03', { failed: [failure('KB1', '0x80070643')] }],
    ['TRAP-04', { failed: [failure('KB1', '0xc1900104')] }],
    ['TRAP-05', { planned: ['roll-secure-boot-certificates'] }],
    ['TRAP-06', { pending: [update('KB5044284')] }],
    ['TRAP-07', { pending: [update('KB1', ['Upgrades'])] }],
    ['TRAP-08', { planned: ['boot-recovery-media'] }],
    ['TRAP-09', { planned: ['add-cluster-role'] }],
    ['TRAP-10', { planned: ['add-rotated-drive-repository'] }],
    ['TRAP-11', { planned: ['apply-vddk-guide'] }],
    ['TRAP-12', { planned: ['restore-over-san'] }],
    ['TRAP-13', { platform: 'linux', version: '9.6', planned: ['os-upgrade'] }],
  ] as [string, Partial<TrapGround>][])('%s is found where it lies', (id, where) => {
    expect(idsOf(where)).toContain(id);
  });

  it.each([
    ['a code of another system', { version: '6.3.9600', failed: [failure('KB1', '0x80070643')] }, 'TRAP-02'],
    ['another code', { failed: [failure('KB1', '0x80070005')] }, 'TRAP-08'],
    ['the other platform', { platform: 'linux', pending: [update('KB5034439')] }, 'TRAP-02'],
    ['an ordinary update', { pending: [update('KB1', ['Security Updates'])] }, 'TRAP-07'],
    ['installing updates', { planned: ['install-updates'] }, 'TRAP-07'],
  ] as [string, Partial<TrapGround>, string][])('does not see one in %s', (_name, where, id) => {
    expect(idsOf(where)).not.toContain(id);
  });

  it('rules nothing out by a version that nobody knows', () => {
    expect(idsOf({ version: null, failed: [failure('KB1', '0x800f0a12')] })).toContain('TRAP-01');
  });
});

describe('the runbook', () => {
  it('takes the LUNs away first, mounts one partition by its role, and verifies before they come back', () => {
    const { steps, family } = runbook(storyFacts('service-pack-failed'));
    expect(family).toBe('windows-2008');
    expect(steps.map(({ id }) => id)).toEqual([
      'stop-jobs',
      'unzone',
      'mount-one-partition',
      'patch',
      'remove-letter',
      'verify-guards',
      're-present',
      'test-job',
      'release',
    ]);
  });

  it('never tells anyone to enable automount or to bring disks online', () => {
    const all = Object.values(stepCommands).flatMap((steps) => Object.values(steps));
    for (const line of all.flatMap(({ commands, verify }) => [...commands, ...verify]))
      expect(line).not.toMatch(
        /automount enable|mountvol \/E|OnlineAll|IsOffline \$false|clear readonly|\bclean\b|Initialize/i,
      );
  });

  it('verifies with commands that change nothing', () => {
    const all = Object.values(stepCommands).flatMap((steps) => Object.values(steps));
    for (const line of all.flatMap(({ verify }) => verify))
      expect(line).not.toMatch(
        /\bSet-|\bRemove-|\bClear-|assign|mountvol (S: )?\/[SDNR]\b|vgchange|multipath -[Fr]|iscsiadm .*-u/,
      );
  });

  it('names the fix that people find first, and why not to use it', () => {
    const { traps: found } = runbook(storyFacts('service-pack-failed'));
    expect(found.map(({ id, because }) => `${id} ${because}`)).toEqual(['TRAP-01 pending', 'TRAP-01 failed']);
    expect(found[0]).toMatchObject({ popularFix: expect.stringContaining('automount enable') });
  });

  it('speaks to each system in its own words, also of what is only planned', () => {
    expect(runbook(linuxFacts(), ['os-upgrade'])).toMatchObject({ family: 'linux', traps: [{ id: 'TRAP-13' }] });
    expect(runbook(windowsFacts(), ['os-upgrade'])).toMatchObject({ family: 'windows', traps: [{ id: 'TRAP-07' }] });
  });
});
