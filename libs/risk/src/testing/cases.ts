import type { Finding, HostFacts, LinuxDisk, Verdict, WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import {
  hostOf,
  linuxFacts,
  linuxVmfsDisk,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { aboutOf } from '../abouts.js';
import { assess } from '../assess.js';
import { rules } from '../catalogue.js';
import type { Facts } from '../facts.js';
import { titled } from '../titled.js';

/** One host as a rule sees it; `host` changes what is known besides its report. */
export type Case = [rule: string, verdict: Verdict, severity: string | null, facts: HostFacts, host?: Partial<Facts>];

export const unknown = { unknown: 'denied' } as const;
export const direct = { value: { configured: 'direct-san', directKind: 'san', source: 'product' } } as const;
export const hotAdd = { value: { configured: 'virtual-appliance', source: 'product' } } as const;
export const network = { value: { configured: 'network', source: 'operator' } } as const;

/** A well-kept Direct SAN proxy with one VMFS LUN in sight. */
export const beside = (overrides: Partial<WindowsFacts> = {}): WindowsFacts =>
  windowsFacts({ transport: direct, disks: { value: [windowsBootDisk(), vmfsDisk(1)] }, ...overrides });
export const withLun = (change: Partial<WindowsDisk>): WindowsFacts =>
  beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1, undefined, change)] } });
export const linuxBeside = (change: Partial<LinuxDisk> = {}) =>
  linuxFacts({ transport: direct, disks: { value: [linuxVmfsDisk(1, undefined, change)] } });
export const previous = (facts: HostFacts): Partial<Facts> => ({
  previous: { facts, observedAt: '2026-11-19T06:00:00Z' },
});

export function findingOf(rule: string, facts: HostFacts, host: Partial<Facts> = {}): Finding | undefined {
  const judged: Facts = { ...hostOf(facts), ...host };
  return titled(assess(judged, storyNow)).findings.find((finding) => finding.rule === rule);
}

/** One case as a reader sees it: what was judged, how gravely, and each piece of evidence with its source and its time. */
function inWords([rule, verdict, _severity, facts, host]: Case): string {
  const { severity, evidence = [] } = findingOf(rule, facts, host) ?? {};
  const lines = evidence.map(({ source, observedAt, text }) => `  ${source}, ${observedAt ?? 'no date'}: ${text}`);
  return [`${rule}: ${verdict} (${severity})`, ...lines].join('\n');
}

/** Runs the cases, and demands of every rule of these families that it is shown at risk, safe and unknown. */
export function describeRules(families: readonly string[], cases: readonly Case[]): void {
  describe(`the rules ${families.join(', ')}`, () => {
    it.each(cases)('%s: %s (%s)', (rule, verdict, severity, facts, host) => {
      const finding = findingOf(rule, facts, host);
      expect(finding).toMatchObject(severity === null ? { verdict } : { verdict, severity });
      if (verdict === 'at-risk' || verdict === 'unknown') expect(finding?.evidence.length).toBeGreaterThan(0);
    });

    it('say what somebody has read and found right', async () => {
      const golden = `../golden/findings-${families.join('-').toLowerCase()}.golden`;
      await expect(`${cases.map(inWords).join('\n')}\n`).toMatchFileSnapshot(golden);
    });

    const own = rules.filter(({ id }) => families.includes(aboutOf(id).code.slice(0, 3)));
    it.each(own.map(({ id }) => id))('%s is shown at risk, safe and unknown', (id) => {
      for (const verdict of ['at-risk', 'safe', 'unknown'])
        expect(cases).toContainEqual(expect.arrayContaining([id, verdict]));
    });
  });
}
