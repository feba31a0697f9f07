import { assess, defaultPolicy, type Facts } from '@lunwarden/risk';
import {
  datastoreOn,
  hostOf,
  mapOf,
  storyNaa,
  storyNow,
  vmfsDisk,
  windowsBootDisk,
  windowsFacts,
} from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { MapIndex } from './map-index.js';
import { WorseFirst } from './worse-first.js';

const moment = { asOf: Date.parse(storyNow), policy: defaultPolicy };
const at = '2026-11-20T05:50:00Z';
const vms = (count: number) => Array.from({ length: count }, (_, vm) => vm);

/** A host that sees LUN `lun`, and nothing else but its own disk. */
const seeing = (hostId: string, lun: number): Facts => ({
  ...hostOf(windowsFacts({ disks: { value: [windowsBootDisk(), vmfsDisk(1, storyNaa(lun))] } })),
  hostId,
});
/** Two datastores of one LUN each, with so many VMs. */
const viewOf = (first: number, second: number) =>
  mapOf(
    [
      datastoreOn(storyNaa(1), 'one', vms(first)),
      datastoreOn(
        storyNaa(2),
        'two',
        vms(second).map((vm) => vm + 1_000),
      ),
    ],
    at,
  );
function indexOf({ vcenters, datastores }: ReturnType<typeof viewOf>): MapIndex {
  const flags = { isStale: false, isCopy: false, isNewGeneration: false };
  const rows = {
    version: 1,
    vcenters: vcenters.map((one) => ({ ...one, id: '00000000-0000-4000-8000-000000000001' })),
    datastores: datastores.map((one) => ({ ...one, ...flags })),
  };
  return new MapIndex(
    rows as ConstructorParameters<typeof MapIndex>[0],
    {} as ConstructorParameters<typeof MapIndex>[1],
  );
}

async function keptBeside(view: ReturnType<typeof viewOf>): Promise<WorseFirst> {
  const order = new WorseFirst();
  const hosts = [seeing('a', 1), seeing('b', 2)].map((facts) => ({ ...facts, map: view }));
  const judged = hosts.map((facts) => ({ assessment: assess(facts, storyNow) }));
  await order.keep(hosts, judged, { at: storyNow, policy: defaultPolicy });
  return order;
}

describe('hosts after a map change', () => {
  it('are judged in the order in which it makes them worse', async () => {
    const order = await keptBeside(viewOf(5, 5));
    expect(await order.inOrder(['a', 'b'], indexOf(viewOf(5, 900)), moment)).toEqual(['b', 'a']);
    expect(await order.inOrder(['a', 'b'], indexOf(viewOf(900, 5)), moment)).toEqual(['a', 'b']);
  });

  it('come first while nobody knows what the map makes of them, and none is left out', async () => {
    const order = await keptBeside(viewOf(5, 5));
    expect(await order.inOrder(['a', 'b', 'new'], indexOf(viewOf(5, 900)), moment)).toEqual(['new', 'b', 'a']);
  });

  it('keep the order they came in where their site has weights of another version', async () => {
    const order = await keptBeside(viewOf(5, 5));
    const policy = { ...defaultPolicy, version: 'other' };
    expect(await order.inOrder(['a', 'b'], indexOf(viewOf(5, 900)), { ...moment, policy })).toEqual(['a', 'b']);
  });

  it('are looked for in the fleet a few at a time, and all of them in turn', async () => {
    const order = await keptBeside(viewOf(5, 5));
    expect(order.hostIds(1)).toEqual(['a']);
    order.forget(['a'], new Set(['a', 'b']));
    expect(order.hostIds(1)).toEqual(['b']);
    expect(order.hostIds(10)).toEqual(['b', 'a']);
  });

  it('are forgotten once the fleet has them no more', async () => {
    const order = await keptBeside(viewOf(5, 5));
    order.forget(['a', 'b'], new Set(['b']));
    expect(order.hostIds(10)).toEqual(['b']);
    expect(await order.inOrder(['b', 'a'], indexOf(viewOf(5, 900)), moment)).toEqual(['a', 'b']);
  });
});
