import type { Assessment, Driver, Finding } from '@lunwarden/contract';
import { describe, expect, it } from 'vitest';
import { driver, finding, judgement, long, unexposed } from '../testing/gated.js';
import { hazardsOf } from './hazards.js';

const effects = (assessment: Assessment) => hazardsOf(assessment).map(({ code, effect }) => `${code} ${effect}`);
const withDrivers = (level: Assessment['level'], ...drivers: Driver[]) => judgement({ level, drivers, findings: [] });
const withFinding = (change: Partial<Finding>, code = 'WIN-001') =>
  judgement({ drivers: [], findings: [finding('some-rule', code, change)] });

describe('a hazard beside LUNs', () => {
  it.each<[Finding['severity'], string[]]>([
    ['critical', ['some-rule blocks']],
    ['high', ['some-rule blocks']],
    ['medium', ['some-rule step']],
    ['low', ['some-rule step']],
    ['info', []],
  ])('that is %s', (severity, expected) => expect(effects(withFinding({ severity }))).toEqual(expected));

  it.each(['WIN', 'LUN', 'SAN', 'HOT', 'LNX', 'CHG'])('is what a rule %s finds', (family) =>
    expect(effects(withFinding({}, `${family}-001`))).toEqual(['some-rule blocks']),
  );
  it.each(['PAT', 'VBR', 'ESX', 'NET', 'COL'])('is not what a rule %s finds: that is what a change is for', (family) =>
    expect(effects(withFinding({}, `${family}-001`))).toEqual([]),
  );
  it.each<Finding['verdict']>(['safe', 'unknown', 'not-applicable'])('is nothing that is %s', (verdict) =>
    expect(effects(withFinding({ verdict }))).toEqual([]),
  );

  it('is no bar where unzoning, the first step, cures it altogether', () => {
    const findings = [finding('luns-visible-without-need', 'LUN-002', { severity: 'critical' })];
    expect(effects(judgement({ drivers: [], findings }))).toEqual(['luns-visible-without-need step']);
  });

  it('is told by its title and its first evidence', () => {
    expect(hazardsOf(withFinding({}))).toMatchObject([{ text: 'Title: seen' }]);
    expect(hazardsOf(withFinding({ evidence: [] }))).toMatchObject([{ text: 'Title' }]);
  });

  it.each(['disk-states', 'lun-tables', 'san-policy', 'automount', 'lvm-guard', 'foreign-volume-groups'])(
    'is the guard %s that is down, and forbids the change on a grave host',
    (factor) => {
      expect(effects(withDrivers('critical', driver(factor, 'bad')))).toEqual([`${factor} blocks`]);
      expect(effects(withDrivers('high', driver(factor, 'bad')))).toEqual([`${factor} blocks`]);
      expect(effects(withDrivers('medium', driver(factor, 'bad')))).toEqual([`${factor} step`]);
    },
  );

  it.each([
    ['failed-update', 'blocks'],
    ['boot-store-update', 'blocks'],
    ['os-upgrade', 'blocks'],
    ['auto-install', 'step'],
    ['pending-reboot', 'step'],
  ])('is the trigger %s, which on a grave host %s', (factor, effect) => {
    expect(effects(withDrivers('high', driver(factor, 'bad')))).toEqual([`${factor} ${effect}`]);
    expect(effects(withDrivers('low', driver(factor, 'bad')))).toEqual([`${factor} step`]);
  });

  it('is told by the label and the value of its factor', () =>
    expect(hazardsOf(withDrivers('low', driver('automount', 'bad')))).toMatchObject([{ text: 'Label: value' }]));

  it.each(['good', 'unknown'] as const)('is no factor that is %s', (state) =>
    expect(effects(withDrivers('low', driver('automount', state)))).toEqual([]),
  );
  it.each(['role', 'last-update', 'visible-luns'])('is not the factor %s: no change makes it worse', (factor) =>
    expect(effects(withDrivers('low', driver(factor, 'bad')))).toEqual([]),
  );

  it.each<[Assessment['level'], string[]]>([
    ['critical', ['level step']],
    ['high', ['level step']],
    ['medium', ['level step']],
    ['unknown', ['level step']],
    ['low', []],
    ['minimal', []],
  ])('is a level that is %s, where nothing else says why', (level, expected) => {
    expect(effects(withDrivers(level))).toEqual(expected);
    expect(effects(withDrivers(level, driver('automount', 'bad')))).not.toContain('level step');
  });

  it('is told with the LUNs that are in sight, as far as they are counted', () => {
    const { exposure } = judgement();
    const text = (vmfsLuns: number | null) =>
      hazardsOf(judgement({ level: 'medium', drivers: [], findings: [], exposure: { ...exposure, vmfsLuns } }))[0]
        ?.text;
    expect(text(3)).toBe('The host sees 3 VMFS LUNs and its level is medium.');
    expect(text(null)).toBe('The host sees production LUNs and its level is medium.');
  });

  it('never says more than fits on a wire', () => {
    const drivers = [driver('automount', 'bad', { value: long })];
    const findings = [finding('some-rule', 'WIN-001', { title: long })];
    expect(hazardsOf(judgement({ drivers, findings })).map(({ text }) => text.length)).toEqual([600, 600]);
  });
});

describe('a hazard on a host without LUNs', () => {
  const guests = ['automount', 'lvm-guard', 'foreign-volume-groups', 'san-policy'];
  const drivers = [...guests.map((factor) => driver(factor, 'bad', { value: long })), driver('automount', 'good')];
  const inMode = (effective: Assessment['mode']['effective']) =>
    hazardsOf(unexposed({ drivers, mode: { effective, evidence: 'configured', detail: '' } }));

  it('is a guard that is down while hot-add attaches disks of guests: it takes a step', () => {
    expect(inMode('virtual-appliance').map(({ code, effect, text }) => `${code} ${effect} ${text.length}`)).toEqual([
      'automount step 600',
      'lvm-guard step 600',
      'foreign-volume-groups step 600',
    ]);
    expect(inMode('virtual-appliance')[0]?.text).toMatch(/^Label: x+$/);
  });

  it.each(['network', 'direct-san'] as const)('is nothing in the mode %s', (mode) => expect(inMode(mode)).toEqual([]));
});

describe('a host is exposed', () => {
  const { exposure } = unexposed();
  const guard = driver('san-policy', 'bad');
  it.each([
    ['by a VMFS LUN', { vmfsLuns: 1 }, 1],
    ['by a LUN that no map knows', { unmappedLuns: 1 }, 1],
    ['by a list of LUNs that nobody read', { vmfsLuns: null }, 1],
    ['by nothing else', {}, 0],
  ])('%s', (_name, change, count) =>
    expect(
      hazardsOf(unexposed({ level: 'low', findings: [], drivers: [guard], exposure: { ...exposure, ...change } })),
    ).toHaveLength(count),
  );
});
