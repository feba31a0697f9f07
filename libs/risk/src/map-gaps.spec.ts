import { datastoreOn, mapOf, storyNaa, storyNow, vmfsDisk } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import type { MapView } from './facts.js';
import { mapGaps } from './map-gaps.js';
import { policyWith } from './overrides.js';
import { defaultPolicy } from './policy.js';
import { beside, findingOf, withLun } from './testing/cases.js';
import { esxi } from './testing/products.js';

const moment = { asOf: Date.parse(storyNow), policy: defaultPolicy };
const fresh = '2026-11-20T05:50:00Z';
const gold = datastoreOn(storyNaa(1), 'gold', [1]);
const vcenters = (...names: string[]): MapView => ({
  vcenters: names.map((name) => ({ name, collectedAt: null, gaps: [] })),
  datastores: [],
});

describe('what keeps the maps from saying what lies on a LUN', () => {
  it('is nothing in a map that is whole and fresh, and no datastore that is sure', () => {
    expect(mapGaps(mapOf([gold], fresh), [gold, { ...gold, isCopy: true }], moment)).toEqual([]);
  });

  it('is named vCenter by vCenter, then datastore by datastore', () => {
    const found = mapGaps(vcenters('a', 'b'), [{ ...gold, isStale: true }], moment);
    expect(found.map((text) => text.split(':')[0])).toEqual(['a', 'b', 'gold']);
  });

  it('is told apart: a datastore that nobody mounts, and one that was another before', () => {
    const words = (doubt: object) => mapGaps(mapOf([gold], fresh), [{ ...gold, ...doubt }], moment)[0];
    expect(words({ isStale: true })).toMatch(/^gold: no ESXi host that mounts it is connected/);
    expect(words({ isNewGeneration: true })).toMatch(/^gold: its LUN carried something else/);
    expect(words({ isStale: true, isNewGeneration: true })).toMatch(/^gold: no ESXi host/);
  });

  it('is told in no more lines, and no longer ones, than a wire takes', () => {
    const names = Array.from({ length: 30 }, (_, at) => `vcenter-${at}`);
    expect(mapGaps(vcenters(...names), [], moment)).toHaveLength(20);
    const [text] = mapGaps(vcenters('x'.repeat(400)), [], moment);
    expect(text).toBe('x'.repeat(300));
  });
});

it('hosts that the maps do not show whole are not all there are, and whoever reads it is told why', () => {
  const lost = { ...esxi({}), map: { vcenters: [], datastores: [] } };
  const { verdict, evidence } = findingOf('esxi-below-fixed-build', beside(), lost) ?? {};
  expect(verdict).toBe('unknown');
  expect(evidence?.[0]?.text).toBe('ESXi hosts in reach are not known any more: the collector did not ask');
});

it('may be an overwrite where two disks share the name of a datastore and carry something else', () => {
  const other = { number: 1, gptType: null, mbrType: 7, sizeBytes: '1', accessPaths: [] };
  const twins = (mbrType: number) => {
    const partitions = { value: [{ ...other, mbrType }] };
    const disks = [vmfsDisk(1, undefined, { partitions }), vmfsDisk(2, storyNaa(1), { partitions, sizeBytes: '7' })];
    return findingOf('vmfs-lun-overwritten', beside({ disks: { value: disks } }))?.verdict;
  };
  expect([twins(7), twins(0xfb)]).toEqual(['unknown', 'safe']);
  expect(findingOf('vmfs-lun-overwritten', withLun({}))?.verdict).toBe('safe');
});

it('the version of a policy is eight digits, whatever its constants', () => {
  for (let at = 0; at < 300; at++) {
    const made = policyWith({ 'osSupport.endingDays': at });
    expect('policy' in made ? made.policy.version : '').toMatch(/^[^+]+\+[0-9a-f]{8}$/);
  }
});
