import { LunMap } from '@lunwarden/contract';
import { smallSan, vcsimTruth } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, refuseProperties, startFaultProxy, truncate } from '../testing/fault-proxy.js';
import { optionsFor, skipNote } from '../testing/options.js';
import { findVcsim, startVcsim, type Vcsim } from '../testing/vcsim.js';
import { collectLunMap } from './index.js';

const program = await findVcsim();
if (program === null) console.warn(skipNote);

describe.skipIf(program === null)('details, when asked for', () => {
  const truth = vcsimTruth(smallSan);
  let vcsim: Vcsim;
  beforeAll(async () => {
    vcsim = await startVcsim(program ?? '', { order: smallSan });
  });
  afterAll(() => vcsim?.stop());

  async function detailsWith(faults: readonly Fault[]) {
    const proxy = await startFaultProxy(vcsim.url, faults);
    try {
      return { map: await collectLunMap(optionsFor(proxy.url, { details: true })), seen: proxy.seen };
    } finally {
      await proxy.stop();
    }
  }

  test('hold every LUN, adapter and raw device mapping of the estate, and fit the contract', async () => {
    const { map } = await detailsWith([]);
    expect(LunMap.parse(map)).toEqual(map);
    expect(map).toMatchObject({ complete: true, gaps: [] });
    const shared = map.details?.luns.filter(({ isLocal }) => !isLocal).map(({ canonicalName }) => canonicalName);
    expect(shared?.sort()).toEqual([...truth.luns].sort());
    const names = map.details?.adapters.map(({ host, kind, names }) => `${host} ${kind} ${names.join()}`) ?? [];
    for (const { host, wwpn, iqn } of truth.adapters)
      expect(names).toEqual(expect.arrayContaining([`${host} fibreChannel ${wwpn}`, `${host} iscsi ${iqn}`]));
    expect(map.details?.rawMappings.map(({ vm, lunUuid }) => ({ vm, lunUuid }))).toEqual(
      truth.rawMappings.map(({ vm, lunUuid }) => ({ vm, lunUuid })),
    );
  });

  test('a raw device mapping has the key of its LUN, which carries no datastore', async () => {
    const { map } = await detailsWith([]);
    const formatted = new Set(map.datastores.flatMap(({ extents }) => extents.flatMap(({ keys }) => keys)));
    for (const { vm, keys } of map.details?.rawMappings ?? []) {
      const lun = truth.rawMappings.find((one) => one.vm === vm);
      expect(keys).toEqual([lun?.diskName.replace('naa.', 'naa:')]);
      expect(keys.some((key) => formatted.has(key))).toBe(false);
    }
  });

  test('ask one host of each cluster for LUNs, not all', async () => {
    const { map } = await detailsWith([]);
    expect(new Set(map.details?.luns.flatMap(({ seenBy }) => seenBy)).size).toBe(smallSan.clusters);
  });

  test('are absent when nobody asked', async () => {
    expect(await collectLunMap(optionsFor(vcsim.url))).not.toHaveProperty('details');
  });

  test('a host that refuses its LUNs makes the map incomplete', async () => {
    const act = refuseProperties((kind) => kind === 'HostSystem');
    const calls = await detailsWith([]);
    const last = calls.seen.get('RetrievePropertiesEx') ?? 0;
    const { map } = await detailsWith([{ method: 'RetrievePropertiesEx', nth: last, act }]);
    expect(map.complete).toBe(false);
    expect(map.gaps).toContainEqual(
      expect.objectContaining({ path: 'config.storageDevice.scsiLun', reason: 'NoPermission(System.Read)' }),
    );
  });

  test('LUNs whose answer breaks off are asked for again', async () => {
    const { seen } = await detailsWith([]);
    const last = seen.get('RetrievePropertiesEx') ?? 0;
    const { map, seen: again } = await detailsWith([{ method: 'RetrievePropertiesEx', nth: last, act: truncate }]);
    expect(map.complete).toBe(true);
    expect(again.get('RetrievePropertiesEx')).toBe(last + 1);
  });
});
