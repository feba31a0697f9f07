import type { MapHostPaths } from '@lunwarden/contract';
import { lunMapOf, sampleFleet } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { packedCsv, packedWorkbook } from '../../testing/pack-export.js';
import { sampleExport } from '../../testing/sample-export.js';
import { readRvtools } from '../read-rvtools.js';

const [vcenter] = sampleFleet({ seed: 11, asOf: '2026-11-20T12:00:00.000Z', hosts: 12, vcenters: 1 }).vcenters;
if (vcenter === undefined) throw new Error('the sample has no vCenter');
const truth = lunMapOf(vcenter, '2026-11-20T12:00:00.000Z');
const tabs = sampleExport(truth, { server: 'vc-ams.example', createdAt: '2026-11-20 12:00:00' });
const [header = [], ...unsorted] = tabs.vMultiPath ?? [];
const rows = unsorted.toSorted((a, b) => String(a[0]).localeCompare(String(b[0])));
const place = (column: string) => header.indexOf(column);
const [first = [], second = []] = rows;
const esx = String(first[0]);
const disk = String(first[place('Disk')]);
const hostId = truth.hosts.find(({ name }) => name === esx)?.id;
const rowsOfHost = rows.filter((row) => row[0] === esx);
const lunsOfHost = new Set(rowsOfHost.map((row) => row[place('Disk')])).size;

type Cells = Record<string, string | null>;
const withCells = (row: typeof first, cells: Cells) =>
  row.map((cell, at) => {
    const column = String(header[at]);
    return column in cells ? (cells[column] ?? null) : cell;
  });

/** The paths of the first host after these rows took the place of the first ones. */
async function read(changed: (typeof first)[], pack: typeof packedCsv | typeof packedWorkbook = packedCsv) {
  const vMultiPath = [header, ...changed, ...rows.slice(changed.length)];
  const { map, omitted } = await readRvtools(await pack({ ...tabs, vMultiPath }), {
    now: new Date('2026-11-22T12:00:00.000Z'),
    exportedAt: null,
  });
  const told = map.details?.paths?.find(({ host }) => host === hostId);
  return { map, told, said: omitted.filter(({ path }) => path.startsWith('vMultiPath')) };
}
const only = (told: MapHostPaths | undefined) => told?.notWorking;

describe('the paths of an export', () => {
  it.each([packedCsv, packedWorkbook])('are counted for each host, and those that work are not named', async (pack) => {
    const { map, told, said } = await read([], pack);
    expect(told).toEqual({ host: hostId, paths: 2 * lunsOfHost, notWorking: [] });
    expect(map.details?.paths).toHaveLength(new Set(rows.map((row) => row[0])).size);
    expect([map.complete, said]).toEqual([true, []]);
  });

  it.each([
    ['dead', 'dead'],
    ['Disabled', 'disabled'],
    ['unknown', 'unknown'],
  ])('that are %s stand with their name and their LUN', async (cell, state) => {
    const { told, said } = await read([withCells(first, { 'Path 2 state': cell })]);
    expect(only(told)).toEqual([{ name: `vmhba3:${disk}`, state, canonicalName: disk }]);
    expect(said).toEqual([]);
  });

  it.each<[string, Cells, string]>([
    ['no state', { 'Path 1 state': null }, `vmhba2:${disk} has no state`],
    ['a state that nobody knows', { 'Path 1 state': 'aktiv' }, `vmhba2:${disk}: aktiv is no state of a path`],
  ])('with %s are unknown, and said to be', async (_, cells, reason) => {
    const { told, said, map } = await read([withCells(first, cells)]);
    expect(only(told)).toEqual([{ name: `vmhba2:${disk}`, state: 'unknown', canonicalName: disk }]);
    expect(said).toEqual([{ object: esx, path: 'vMultiPath.Path 1 state', reason }]);
    expect(map.complete).toBe(true);
  });

  it('without a name are not counted, and said to be there', async () => {
    const { told, said } = await read([withCells(first, { 'Path 2': null, 'Path 2 state': 'dead' })]);
    expect(told).toEqual({ host: hostId, paths: 2 * lunsOfHost - 1, notWorking: [] });
    expect(said).toEqual([{ object: esx, path: 'vMultiPath.Path 2', reason: 'a path without a name that is dead' }]);
  });

  it('are counted once for a LUN that stands in two rows, and believed in neither where these differ', async () => {
    expect((await read([first, first, ...rows.slice(1)])).told?.paths).toBe(2 * lunsOfHost);
    const dead = withCells(first, { 'Path 1 state': 'dead' });
    for (const pair of [
      [first, dead],
      [dead, first],
    ]) {
      const { told, said } = await read([...pair, ...rows.slice(1)]);
      expect(only(told)?.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
      expect(said.map(({ reason }) => reason)).toEqual([`${disk} is listed twice with other paths or states`]);
    }
  });

  const states = (one: string, other: string): Cells => ({ 'Path 1 state': one, 'Path 2 state': other });
  const names = (one: string | null, other: string | null): Cells => ({ 'Path 1': one, 'Path 2': other });
  const [pathA, pathB] = [`vmhba2:${disk}`, `vmhba3:${disk}`];

  it.each<[string, Cells, Cells, string[]]>([
    [
      'say of each other path that it is dead',
      states('active', 'dead'),
      { ...names(pathB, pathA), ...states('active', 'dead') },
      [pathA, pathB],
    ],
    [
      'name other paths in the same states',
      states('active', 'dead'),
      { ...names('vmhba8', 'vmhba9'), ...states('active', 'dead') },
      [pathA, pathB, 'vmhba8', 'vmhba9'],
    ],
    [
      'know of more paths the second time',
      { ...names(pathA, null), 'Path 2 state': null },
      states('dead', 'dead'),
      [pathA, pathB],
    ],
    [
      'know of no path the second time',
      states('active', 'active'),
      { ...names(null, null), 'Path 1 state': null, 'Path 2 state': null },
      [pathA, pathB],
    ],
  ])('are unknown, and counted by name, where two rows of a LUN %s', async (_, one, other, all) => {
    const pair = [withCells(first, one), withCells(first, other)];
    for (const rowsOfLun of [pair, pair.toReversed()]) {
      const { told, said } = await read([...rowsOfLun, ...rows.slice(1)]);
      expect(told?.paths).toBe(2 * lunsOfHost - 2 + all.length);
      expect(
        only(told)
          ?.map(({ name }) => name)
          .sort(),
      ).toEqual(all.toSorted());
      expect(new Set(only(told)?.map(({ state }) => state))).toEqual(new Set(['unknown']));
      expect(said.map(({ reason }) => reason)).toEqual([`${disk} is listed twice with other paths or states`]);
    }
  });

  it('are the same in whatever order the rows of a LUN name them', async () => {
    const turned = withCells(first, { ...names(pathB, pathA), ...states('dead', 'active') });
    const { told, said } = await read([withCells(first, states('active', 'dead')), turned, ...rows.slice(1)]);
    expect(told).toMatchObject({ paths: 2 * lunsOfHost, notWorking: [{ name: pathB, state: 'dead' }] });
    expect(said).toEqual([]);
  });

  it('are unknown where one row says two things of the same', async () => {
    const { told, said } = await read([
      withCells(first, { 'Path 2': `vmhba2:${disk}`, 'Path 1 state': 'dead', 'Path 2 state': 'active' }),
    ]);
    expect(told).toMatchObject({ paths: 2 * lunsOfHost - 1 });
    expect(only(told)).toEqual([{ name: `vmhba2:${disk}`, state: 'unknown', canonicalName: disk }]);
    expect(said.map(({ reason }) => reason)).toEqual([`vmhba2:${disk} is listed twice with other states`]);
  });

  it.each([
    ['dead', 'dead'],
    ['active', 'dead'],
    ['dead', 'active'],
    ['active', 'active'],
  ])('lead to no LUN where two rows name two, of which they are %s and %s', async (...cells) => {
    const other = String(second[place('Disk')]);
    expect([second[0], other === disk]).toEqual([esx, false]);
    const lies = [first, second].map((row, at) =>
      withCells(row, { 'Path 1': 'vmhba9:C0:T0:L1', 'Path 1 state': cells[at] ?? null }),
    );
    const { told, said } = await read(lies);
    expect(only(told)).toEqual([{ name: 'vmhba9:C0:T0:L1', state: 'unknown', canonicalName: null }]);
    expect(told?.paths).toBe(2 * lunsOfHost - 1);
    expect(said.map(({ reason }) => reason)).toEqual([`vmhba9:C0:T0:L1 leads to ${disk} and to ${other}`]);
  });

  it('are not told where the sheet has no column for their states', async () => {
    const at = place('Path 1 state');
    const vMultiPath = [header, ...rows].map((row) => row.filter((_, column) => column !== at));
    const { map, omitted } = await readRvtools(await packedCsv({ ...tabs, vMultiPath }), {
      now: new Date('2026-11-22T12:00:00.000Z'),
      exportedAt: null,
    });
    expect(map.complete).toBe(true);
    expect(map.details?.paths).toBeUndefined();
    expect(omitted).toContainEqual({ object: 'vMultiPath', path: 'Path 1 state', reason: 'the column is missing' });
  });

  it('beyond the eighth are said to be out of sight', async () => {
    const many = Array.from({ length: 8 }, (_, at) => [`vmhba${at}:C0:T0:L1`, 'active']);
    const names = many.flatMap((_, at) => [`Path ${at + 1}`, `Path ${at + 1} state`]);
    const wide = rows.map((row, at) => [...row, ...(at === 0 ? many.flat() : many.flat().map(() => null))]);
    // The sample's own columns come first, so that its rows are read from there: here they are taken away.
    const keep = header.map((name, at) => (/^Path/.test(String(name)) ? -1 : at)).filter((at) => at !== -1);
    const kept = wide.map((row) => [...keep.map((at) => row[at] ?? null), ...row.slice(header.length)]);
    const vMultiPath = [[...keep.map((at) => header[at] ?? null), ...names], ...kept];
    const { map, omitted } = await readRvtools(await packedCsv({ ...tabs, vMultiPath }), {
      now: new Date('2026-11-22T12:00:00.000Z'),
      exportedAt: null,
    });
    expect(map.details?.paths).toEqual([{ host: hostId, paths: 8, notWorking: [] }]);
    expect(omitted).toContainEqual({
      object: 'vMultiPath',
      path: 'Path 9',
      reason: '1 LUNs of a host have eight paths; an export tells no more',
    });
  });
});
