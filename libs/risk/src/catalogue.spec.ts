import type { HostFacts } from '@lunwarden/contract';
import { linuxFacts, storyFacts, windowsFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { aboutOf } from './abouts.js';
import { adviceOf } from './advice.js';
import { rules } from './catalogue.js';
import { findingOf, unknown } from './testing/cases.js';

describe('the catalogue', () => {
  const silence = (facts: HostFacts): HostFacts =>
    Object.fromEntries(
      Object.entries(facts).map(([name, fact]) => [name, typeof fact === 'object' ? unknown : fact]),
    ) as HostFacts;

  it.each(rules.map(({ id }) => id))('%s never reads silence as safety', (id) => {
    const blind = silence(aboutOf(id).code.startsWith('LNX') ? linuxFacts() : windowsFacts());
    // Whoever sends a report says with it that it lives and which rights it had.
    const host = ['report-too-old', 'collector-not-elevated'].includes(id) ? { report: null, lastSeenAt: null } : {};
    expect(findingOf(id, blind, host)?.verdict).toBe('unknown');
  });

  it.each(rules.map(({ id }) => id))('%s calls no host safe of which nothing was ever heard', (id) => {
    const facts = aboutOf(id).code.startsWith('LNX') ? linuxFacts() : windowsFacts();
    expect(['unknown', 'not-applicable']).toContain(findingOf(id, facts, { report: null, lastSeenAt: null })?.verdict);
  });

  it('names the datastore and the disk that it speaks of', () => {
    const [evidence] = findingOf('vmfs-lun-online-writable', storyFacts('popular-fix'))!.evidence;
    expect(evidence?.text).toBe('prod-vmfs-01 (Disk 1): online and writable');
  });

  it('has one code, one name, and advice with ordered steps for every rule', () => {
    expect(new Set(rules.map(({ id }) => aboutOf(id).code)).size).toBe(rules.length);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) {
      const { code, title, safeTitle } = aboutOf(rule.id);
      expect(code).toMatch(/^(WIN|LUN|SAN|HOT|NET|LNX|PAT|VBR|ESX|CHG|COL)-\d{3}$/);
      expect(adviceOf(rule.id)?.remedy.length).toBeGreaterThan(0);
      expect(title).not.toBe(safeTitle);
    }
    expect(adviceOf('toString')).toBeNull();
    expect(() => aboutOf('toString')).toThrow(RangeError);
  });

  it('holds the whole first release', () => {
    const range = (family: string, numbers: number[]) => numbers.map((n) => `${family}-${String(n).padStart(3, '0')}`);
    const upTo = (last: number, except: number[] = []) =>
      Array.from({ length: last }, (_, at) => at + 1).filter((n) => !except.includes(n));
    expect(rules.map(({ id }) => aboutOf(id).code)).toEqual([
      ...range('WIN', upTo(19, [9])),
      ...range('LUN', upTo(6)),
      ...range('SAN', [2, 5, 9, 13]),
      ...range('HOT', upTo(5)),
      ...range('NET', [1]),
      ...range('LNX', [1, 2, 3, 7]),
      ...range('PAT', [...upTo(10), 12, 13]),
      ...range('VBR', [1, 2, 3, 4, 8]),
      ...range('ESX', [1, 3]),
      ...range('CHG', upTo(6)),
      ...range('COL', upTo(4)),
    ]);
  });
});
