import { datastoreOn, mapOf, storyNaa, vmfsDisk, windowsBootDisk } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../facts.js';
import { policyWith } from '../overrides.js';
import { beside, findingOf, hotAdd, previous, unknown, withLun } from '../testing/cases.js';
import { around, esxi, esxi8, host } from '../testing/products.js';

const fresh = '2026-11-20T05:50:00Z';
const told = (...of: Parameters<typeof findingOf>) => {
  const { verdict, evidence } = findingOf(...of) ?? {};
  return `${verdict}: ${evidence?.[0]?.text}`;
};

describe('a list in the words of a rule', () => {
  it('names the letters of a LUN, and no more than five of them', () => {
    const mounted = (...accessPaths: string[]) =>
      told(
        'vmfs-lun-mounted',
        withLun({ partitions: { value: [{ number: 1, gptType: null, mbrType: 0xfb, sizeBytes: '1', accessPaths }] } }),
      );
    expect(mounted('E:\\')).toMatch(/^at-risk: .*E:\\/);
    const paths = ['E:\\', 'F:\\', 'G:\\', 'H:\\', 'I:\\', 'J:\\'];
    expect(mounted(...paths)).toContain('I:\\');
    expect(mounted(...paths)).not.toContain('J:\\');
  });

  it('names every ESXi host that lacks a fix, and is as grave as the worst of them', () => {
    const two = (first: number, second: number) => {
      const facts = esxi({});
      const hosts = [
        { name: 'esx-1', version: '8.0.3', build: first, line: '8.0 U3' },
        { name: 'esx-2', version: '9.0.0', build: second, line: '9.0' },
      ];
      const fixes = [
        { ...esxi8, exploited: 'none' as const },
        { ...esxi8, cve: 'CVE-2025-1', branch: '9.0', build: '500', exploited: 'ransomware' as const },
      ];
      const clean = [
        { cve: esxi8.cve, branch: '9.0' },
        { cve: 'CVE-2025-1', branch: '8.0 U3' },
      ];
      const esxiBuilds = { value: { asOf: '2026-11-19', fixes, clean, hopeless: [] } };
      const more: Partial<Facts> = {
        ...facts,
        ...(facts.feeds && { feeds: { ...facts.feeds, esxiBuilds } }),
        ...(facts.inventory && { inventory: { ...facts.inventory, esxiHosts: { value: hosts } } }),
      };
      const { severity } = findingOf('esxi-below-fixed-build', host, more) ?? {};
      return `${severity}, ${told('esxi-below-fixed-build', host, more)}`;
    };
    const all = 'at-risk: esx-1 build 1: CVE-2025-22224, esx-2 build 1: CVE-2025-1';
    expect(two(1, 1)).toBe(`critical, ${all}`);
    expect(two(1, 500)).toBe('high, at-risk: esx-1 build 1: CVE-2025-22224');
    expect(two(99_999_999, 500)).toMatch(/safe: Every ESXi host has the known fixes$/);
  });
});

describe('a copy of a LUN', () => {
  const gold = datastoreOn(storyNaa(1), 'gold', [1]);
  const silver = datastoreOn(storyNaa(2), 'silver', [2], 'datastore-2');
  const facts = beside({ disks: { value: [windowsBootDisk(), vmfsDisk(1), vmfsDisk(2)] } });
  const verdict = (...datastores: (typeof gold)[]) =>
    findingOf('snapshot-lun-visible', facts, { map: mapOf(datastores, fresh) })?.verdict;

  it('is one VMFS volume on two LUNs, and none where each carries its own', () => {
    expect(verdict(gold, silver)).toBe('safe');
    expect(verdict(gold)).not.toBe('at-risk');
    expect(verdict(gold, { ...silver, vmfsUuid: gold.vmfsUuid })).not.toBe('safe');
  });
});

describe('a host without a report', () => {
  it('has nothing that could differ from the report before, and says so', () => {
    const lost = { ...previous(beside()), report: null };
    expect(findingOf('guard-weakened', beside(), lost)?.verdict).toBe('unknown');
    expect(told('guard-weakened', beside(), { ...previous(beside()), report: null })).toMatch(/never reported/);
  });

  it('is not known to lack a datastore that it shall read', () => {
    const needs = around({ proxy: { neededDatastores: { value: ['x'] } } });
    expect(findingOf('needed-datastore-not-visible', beside(), needs)?.verdict).toBe('at-risk');
    expect(findingOf('needed-datastore-not-visible', beside(), { ...needs, report: null })?.verdict).toBe('unknown');
  });
});

it('a host in another mode does not back up from storage snapshots', () => {
  const facts = { ...withLun({}), transport: hotAdd };
  expect(told('snapshot-mode-beside-production-luns', facts)).toBe('safe: Not set to direct access');
  expect(findingOf('snapshot-mode-beside-production-luns', { ...withLun({}), transport: unknown })?.verdict).toBe(
    'unknown',
  );
});

// FNV-1a of `hotAddTasks=8;osSupport.endingDays=180`, worked out by hand.
it('a policy keeps the version that is stored with every verdict it gave', () => {
  const versionOf = (overrides: Record<string, number>) => {
    const made = policyWith(overrides);
    return 'policy' in made ? made.policy.version.split('+')[1] : undefined;
  };
  expect(versionOf({ hotAddTasks: 8, 'osSupport.endingDays': 180 })).toBe('1a11cee8');
  expect(versionOf({ hotAddTasks: 8 })).toBe('a2a5824a');
});
