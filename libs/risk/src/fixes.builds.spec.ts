import { describe, expect, it } from 'vitest';
import type { FixedBuild } from './facts/feed-view.js';
import { compareBuilds, esxiStates, fixStates } from './fixes.js';
import { findingOf } from './testing/cases.js';
import { around, esxi, esxi8, fix, host, listedFix, privateFix, server } from './testing/products.js';

const cve = 'CVE-2025-0001';
const mend = (branch: string, build: string, change: Partial<FixedBuild> = {}): FixedBuild =>
  fix({ cve, branch, build, needsDomain: false, ...change });
const table = (fixes: FixedBuild[], rows: { clean?: string[]; hopeless?: string[] } = {}) => ({
  fixes,
  clean: (rows.clean ?? []).map((branch) => ({ cve, branch })),
  hopeless: (rows.hopeless ?? []).map((branch) => ({ cve, branch })),
});
const state = (build: string, of: ReturnType<typeof table>, patches: string[] | null = []) =>
  fixStates({ build, patches, isDomainJoined: true }, of).map((one) => one.state);

describe('a vulnerability of the backup server', () => {
  it('is measured by the oldest branch that was mended where its own was not, in whatever order these stand', () => {
    const [ten, twelve] = [mend('10', '10.0.1.1'), mend('12', '12.0.1.1')];
    for (const fixes of [
      [ten, twelve],
      [twelve, ten],
    ]) {
      expect(state('11.0.0.1', table(fixes))).toEqual(['unproven']);
      expect(state('9.5.0.1', table(fixes))).toEqual(['affected']);
    }
  });

  it('is none in a branch that it never touched, and open for ever in one that is never mended', () => {
    expect(state('11.0.0.1', table([mend('12', '12.0.1.1')], { clean: ['11'] }))).toEqual(['fixed']);
    expect(state('13.0.0.1', table([mend('12', '12.0.1.1')], { hopeless: ['13'] }))).toEqual(['affected']);
    expect(state('12.0.0.1', table([], { clean: ['11'] }))).toEqual(['unproven']);
    expect(fixStates({ build: '11.1', patches: [], isDomainJoined: null }, table([], { clean: ['11'] }))).toEqual([
      { cve, fix: null, state: 'fixed' },
    ]);
  });

  it('is not known of a build that is no number, or one that a hotfix may have mended', () => {
    expect(state('12.x', table([mend('12', '12.0.1.1')]))).toEqual(['unproven']);
    const quiet = table([mend('12', '12.1.2.172', { hotfixOn: '12.1.1.56' })]);
    expect(state('12.1.1.56', quiet)).toEqual(['unproven']);
    expect(state('12.1.1.55', quiet)).toEqual(['affected']);
    expect(state('12.1.2.172', quiet)).toEqual(['fixed']);
  });

  it('takes no name for a private fix that does not look like one', () => {
    const needed = table([{ ...privateFix, cve }]);
    for (const name of ['P2024', 'xP20240101', 'P202401012', 'Q20240101'])
      expect(state('12.0.0.1420', needed, [name])).toEqual(['affected']);
  });

  it('is told once, however many branches of it were mended', () => {
    expect(state('12.0.0.1', table([mend('12', '12.0.1.1'), mend('11', '11.0.1.1')]))).toEqual(['affected']);
  });

  it('needs no domain where its own branch does not, whatever others need', () => {
    const states = (own: boolean, oldest: boolean) =>
      fixStates(
        { build: '12.0.0.1', patches: [], isDomainJoined: false },
        table([mend('12', '12.0.1.1', { needsDomain: own }), mend('11', '11.0.1.1', { needsDomain: oldest })]),
      ).length;
    expect([states(false, true), states(true, false)]).toEqual([1, 0]);
  });

  it('compares builds part by part, also where one has more of them', () => {
    expect(compareBuilds('12.1', '12.1.0.1')).toBeLessThan(0);
    expect(compareBuilds('12.1.0.1', '12.1')).toBeGreaterThan(0);
    expect(compareBuilds('2.10', '10.2')).toBeLessThan(0);
  });
});

describe('the gravity of an open vulnerability', () => {
  const severity = (...fixes: FixedBuild[]) => {
    const { verdict, severity } =
      findingOf('backup-server-below-fixed-build', host, around({ server: server('12.0.0.1'), fixes })) ?? {};
    return `${verdict} ${severity}`;
  };

  it.each([
    [9, 'critical'],
    [8.9, 'high'],
    [7, 'high'],
    [6.9, 'medium'],
    [null, 'high'],
  ])('is that of its CVSS: %s is %s', (cvss, gravity) => {
    expect(severity(mend('12', '12.0.1.1', { cvss }))).toBe(`at-risk ${gravity}`);
  });

  it('is critical where it is exploited, and that of the worst of several', () => {
    expect(severity(mend('12', '12.0.1.1', { cvss: 4, exploited: 'listed' }))).toBe('at-risk critical');
    expect(severity(mend('12', '12.0.1.1', { cvss: 4 }), { ...listedFix, exploited: 'none', cvss: 7.1 })).toBe(
      'at-risk high',
    );
  });
});

describe('a vulnerability of an ESXi host', () => {
  const states = (line: string | null, build: number | null, of: ReturnType<typeof table>) =>
    esxiStates({ line, build }, of).map((one) => one.state);

  it('is measured in its own update line alone', () => {
    const of = table([mend('8.0 U2', '100'), mend('8.0 U3', '200')]);
    expect(states('8.0 U2', 99, of)).toEqual(['affected']);
    expect(states('8.0 U2', 100, of)).toEqual(['fixed']);
    expect(states('8.0 U3', 150, of)).toEqual(['affected']);
    expect(states('8.0 U1', 999, of)).toEqual(['unproven']);
    expect(states(null, 999, of)).toEqual(['unproven']);
    expect(states('8.0 U3', null, of)).toEqual(['unproven']);
  });

  it('is none in a line that it never touched, and open for ever in one that is never mended', () => {
    const of = table([mend('8.0 U3', '200')], { clean: ['9.0'], hopeless: ['7.0'] });
    expect(states('9.0', null, of)).toEqual(['fixed']);
    expect(states('7.0', 999, of)).toEqual(['affected']);
    expect(esxiStates({ line: '7.0', build: 1 }, table([], { hopeless: ['7.0'] }))).toEqual([
      { cve, fix: null, state: 'affected' },
    ]);
  });

  it('names the host, its build and the first vulnerability, and is critical where ransomware uses it', () => {
    const found = (exploited: FixedBuild['exploited']) => {
      const facts = esxi({ build: 1 });
      const feeds = facts.feeds && {
        ...facts.feeds,
        esxiBuilds: { value: { asOf: '2026-11-19', fixes: [{ ...esxi8, exploited }], clean: [], hopeless: [] } },
      };
      const { severity, evidence } =
        findingOf('esxi-below-fixed-build', host, { ...facts, ...(feeds && { feeds }) }) ?? {};
      return [severity, evidence?.[0]?.text];
    };
    expect(found('listed')).toEqual(['high', 'esx-1 build 1: CVE-2025-22224']);
    expect(found('ransomware')).toEqual(['critical', 'esx-1 build 1: CVE-2025-22224']);
  });

  it('is not called mended where the table is silent about its line', () => {
    const { verdict, evidence } = findingOf('esxi-below-fixed-build', host, esxi({ line: '8.0 U1' })) ?? {};
    expect(verdict).toBe('unknown');
    expect(evidence?.[0]?.text).toContain('update line of esx-1 (8.0 U1)');
    const nameless = findingOf('esxi-below-fixed-build', host, esxi({ line: null, version: '8.0.9' }));
    expect(nameless?.evidence[0]?.text).toContain('esx-1 (8.0.9)');
  });
});
