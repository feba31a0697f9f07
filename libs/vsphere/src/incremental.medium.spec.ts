import { smallSan } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Fault, rewrite, startFaultProxy } from '../testing/fault-proxy.js';
import { optionsFor, skipNote } from '../testing/options.js';
import { findVcsim, startVcsim, type Vcsim } from '../testing/vcsim.js';
import { collectLunMap, type KnownVm } from './index.js';

const program = await findVcsim();
if (program === null) console.warn(skipNote);

describe.skipIf(program === null)('devices of VMs that did not change', () => {
  let vcsim: Vcsim;
  beforeAll(async () => {
    vcsim = await startVcsim(program ?? '', { order: smallSan });
  });
  afterAll(() => vcsim?.stop());

  /** A reading, which VMs' devices it was told, and how much came over the network. */
  async function read(knownVms?: ReadonlyMap<string, KnownVm>) {
    const told = new Set<string>();
    let bytes = 0;
    const note: Fault['act'] = rewrite((xml) => {
      for (const [object, , id] of xml.matchAll(/<objects><obj type="(\w+)">([^<]+)<\/obj>.*?<\/objects>/gs))
        if (object.includes('config.hardware.device')) told.add(id ?? '');
      return xml;
    });
    const faults = ['RetrievePropertiesEx', 'ContinueRetrievePropertiesEx'].map((method) => ({ method, act: note }));
    const proxy = await startFaultProxy(vcsim.url, faults);
    const onTraffic = (all: number): void => {
      bytes = all;
    };
    const known = knownVms === undefined ? {} : { knownVms };
    try {
      const map = await collectLunMap(optionsFor(proxy.url, { details: true, onTraffic, ...known }));
      return { map, told: [...told].sort(), bytes };
    } finally {
      await proxy.stop();
    }
  }

  const knownOf = ({ vms, details }: Awaited<ReturnType<typeof read>>['map'], changeVersion?: string) =>
    new Map<string, KnownVm>(
      vms.map(({ id, changeVersion: own }) => [
        id,
        {
          changeVersion: changeVersion ?? own ?? '',
          rawMappings: details?.rawMappings.filter(({ vm }) => vm === id) ?? [],
          foreignDisks: [],
        },
      ]),
    );

  test('are not read again, and the map is the same', async () => {
    const full = await read();
    expect(full.told).toHaveLength(120);
    expect(full.map.details?.rawMappings.length).toBeGreaterThan(0);
    const again = await read(knownOf(full.map));
    expect(again.told).toEqual([]);
    expect(again.map.details).toEqual(full.map.details);
    expect(again.map.complete).toBe(true);
    expect(again.bytes).toBeLessThan(full.bytes - 120 * 1_000);
  });

  test('are read of those alone that have another version, are new, or have none', async () => {
    const full = await read();
    const known = knownOf(full.map);
    const [first = '', second = '', third = ''] = known.keys();
    known.set(first, { changeVersion: 'of before', rawMappings: [], foreignDisks: [] });
    known.delete(second);
    const delta = await read(known);
    expect(delta.told).toEqual([first, second].sort());
    expect(delta.told).not.toContain(third);
    expect(delta.map.details?.rawMappings.length).toBe(full.map.details?.rawMappings.length);
  });

  test('nothing that is known of before counts when every version is another one', async () => {
    const full = await read();
    const all = await read(knownOf(full.map, 'of before'));
    expect(all.told).toEqual(full.told);
    expect(all.map.details).toEqual(full.map.details);
  });
});
