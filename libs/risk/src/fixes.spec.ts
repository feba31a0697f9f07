import { describe, expect, it } from 'vitest';
import type { FixedBuild } from './facts/feed-view.js';
import { compareBuilds, fixStates } from './fixes.js';

const fix = (change: Partial<FixedBuild> = {}): FixedBuild => ({
  cve: 'CVE-2025-23120',
  branch: '12',
  build: '12.3.1.1139',
  patch: null,
  hotfixOn: null,
  cvss: 9.9,
  exploited: 'none',
  needsDomain: true,
  ...change,
});
const privateFix = fix({
  cve: 'CVE-2023-27532',
  build: '12.0.0.1420',
  patch: 'P20230223',
  cvss: 7.5,
  needsDomain: false,
});

const tableOf = (fixes: FixedBuild[]) => ({ fixes, clean: [], hopeless: [] });

describe('fixed builds', () => {
  const of = (build: string, fixes: FixedBuild[], patches: string[] | null = []) =>
    fixStates({ build, patches, isDomainJoined: true }, tableOf(fixes)).map(({ state }) => state);

  it('compares builds as numbers, part by part', () => {
    expect(compareBuilds('12.10.0.1', '12.9.9.9')).toBeGreaterThan(0);
    expect(compareBuilds('12.3.2.3617', '12.3.2.4165')).toBeLessThan(0);
    expect(compareBuilds('12.3', '12.3.0.0')).toBe(0);
  });

  it('asks for the private fix only on the very build that it belongs to', () => {
    expect(of('12.0.0.1420', [privateFix])).toEqual(['affected']);
    expect(of('12.0.0.1420', [privateFix], ['P20230223'])).toEqual(['fixed']);
    expect(of('12.0.0.1420', [privateFix], null)).toEqual(['unproven']);
    expect(of('12.0.0.1419', [privateFix], ['P20230223'])).toEqual(['affected']);
    expect(of('12.1.0.1', [privateFix])).toEqual(['fixed']);
    expect(of('12.0.0.1420', [privateFix], ['P20240304'])).toEqual(['fixed']);
    expect(of('12.0.0.1420', [privateFix], ['P20220302'])).toEqual(['affected']);
  });

  it('judges each branch by its own fix, and an older branch without one as affected', () => {
    const eleven = fix({ ...privateFix, branch: '11', build: '11.0.1.1261', patch: null });
    expect(of('11.0.1.1261', [privateFix, eleven])).toEqual(['fixed']);
    expect(of('10.0.1.4854', [privateFix, eleven])).toEqual(['affected']);
    expect(of('13.0.1.1071', [privateFix, eleven])).toEqual(['unproven']);
  });

  it('leaves out what needs a domain only where the server is known to be in none', () => {
    const states = (isDomainJoined: boolean | null) =>
      fixStates({ build: '12.3.0.310', patches: [], isDomainJoined }, tableOf([fix()]));
    expect(states(false)).toEqual([]);
    expect(states(null)).toHaveLength(1);
  });
});
