import { expect, test } from 'vitest';
import { smallSan } from './san-estate.js';
import { vcsimFolder, vcsimTruth } from './vcsim-folder.js';

const files = (seed: number) => [...vcsimFolder({ ...smallSan, seed })];

test('the same order makes the same folder, another seed other LUNs', () => {
  expect(files(1)).toEqual(files(1));
  expect(vcsimTruth({ ...smallSan, seed: 2 }).extents[0]?.diskName).not.toBe(vcsimTruth(smallSan).extents[0]?.diskName);
});

test('a small SAN has 6 hosts, 120 VMs and a file for each object', () => {
  const paths = files(1).map(({ path }) => path);
  const of = (type: string) => paths.filter((path) => path.includes(`-${type}-`)).length;
  expect([of('HostSystem'), of('VirtualMachine'), of('StoragePod')]).toEqual([6, 120, 2]);
  expect(of('Datastore')).toBe(vcsimTruth(smallSan).datastores.length);
  expect(new Set(paths).size).toBe(paths.length);
});

test('the truth holds what is hard: two extents, partly mounted, shown to another cluster, NVMe and T10 names', () => {
  const { extents, datastores, rawMappings } = vcsimTruth(smallSan);
  const namesOf = (id: string) =>
    new Set(extents.filter((row) => row.datastore === id).map((row) => row.diskName)).size;
  const hostsOf = (id: string) => new Set(extents.filter((row) => row.datastore === id).map((row) => row.host));
  const ids = datastores.map(({ id }) => id);
  expect(ids.some((id) => namesOf(id) === 2)).toBe(true);
  expect(ids.some((id) => hostsOf(id).size === 2)).toBe(true);
  expect(ids.some((id) => hostsOf(id).has('host-1000') && hostsOf(id).has('host-1004'))).toBe(true);
  expect(extents.some(({ mounted }) => !mounted)).toBe(true);
  expect(new Set(extents.map(({ diskName }) => diskName.slice(0, 4)))).toEqual(new Set(['naa.', 'eui.', 't10.']));
  expect(rawMappings.length).toBeGreaterThan(0);
});

test('the estate can be as small as one of each, or empty', () => {
  const one = vcsimTruth({ clusters: 1, hostsPerCluster: 1, lunsPerCluster: 1, vmsPerCluster: 1, seed: 1 });
  expect(one.extents).toHaveLength(1);
  expect(vcsimTruth({ ...smallSan, clusters: 0 })).toMatchObject({ hosts: [], datastores: [], vms: [] });
});
