import type { LunMap } from '@lunwarden/contract';
import { lunMapOf, sampleFleet } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { packed, packedCsv, packedWorkbook, workbookFiles } from '../testing/pack-export.js';
import { type SampleExport, sampleExport } from '../testing/sample-export.js';
import { readRvtools } from './read-rvtools.js';

const [vcenter] = sampleFleet({ seed: 11, asOf: '2026-11-20T12:00:00.000Z', hosts: 12, vcenters: 1 }).vcenters;
const truth = lunMapOf(vcenter!, '2026-11-20T12:00:00.000Z');
const told = { server: 'vc-ams.example', createdAt: '2026-11-20 12:00:00' };
const tabs = sampleExport(truth, told);
const now = new Date('2026-11-22T12:00:00.000Z');
const reading = { now, exportedAt: null };

/** What a map says about reach, in an order of its own. */
const reachOf = ({ vcenterUuid, apiVersion, build, counts, datastores, hosts, vms }: LunMap) => ({
  vcenterUuid,
  apiVersion,
  build,
  counts,
  datastores: datastores
    .map(({ id, name, type, vmfsUuid, url, extents, hosts: mounts }) => ({
      id,
      name,
      type,
      vmfsUuid,
      url,
      extents: extents
        .map(({ diskName, keys }) => ({ diskName, keys }))
        .sort((a, b) => (a.diskName < b.diskName ? -1 : 1)),
      mounts: mounts.map(({ host }) => host).sort(),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
  hosts: hosts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  vms: vms
    .map(({ id, name, host, datastores: on, isTemplate }) => ({ id, name, host, on: on.toSorted(), isTemplate }))
    .sort((a, b) => (a.id < b.id ? -1 : 1)),
});

describe('an export', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['a workbook with shared texts', () => packedWorkbook(tabs)],
    ['a workbook with texts in its cells', () => packedWorkbook(tabs, { isShared: false })],
    ['CSV files with commas', () => packedCsv(tabs)],
    ['CSV files with semicolons', () => packedCsv(tabs, ';')],
  ])('of a whole vCenter says what that vCenter says itself: %s', async (_, pack) => {
    const { map, server, omitted } = await readRvtools(await pack(), reading);
    expect(map.gaps).toEqual([]);
    expect(map.complete).toBe(true);
    expect(reachOf(map)).toEqual(reachOf(truth));
    expect(server).toBe('vc-ams.example');
    expect(map.details?.adapters).toHaveLength(truth.hosts.length);
    expect(omitted.map(({ object, path }) => `${object} ${path}`)).toContain('vInfo VI SDK Server type');
  });

  it.each(['vInfo', 'vDatastore', 'vMultiPath', 'vHost', 'vDisk'])(
    'without the tab %s is incomplete and says so',
    async (tab) => {
      const { [tab]: _gone, ...rest } = tabs;
      const { map } = await readRvtools(await packedCsv(rest), reading);
      expect(map.complete).toBe(false);
      expect(map.gaps).toContainEqual({ object: tab, path: '*', reason: 'the tab is missing' });
    },
  );

  it('tells snapshots, consolidation and disks of others where it has their columns, and is silent where it has not', async () => {
    const [proxy, second] = truth.vms;
    const hosts = truth.hosts[0];
    const name = (tab: string, column: string) => tabs[tab]?.[0]?.indexOf(column) ?? -1;
    const info = (tabs.vInfo ?? []).map((row, at) => [
      ...row,
      at === 0 ? 'Consolidation Needed' : at === 2 ? 'True' : 'False',
    ]);
    const secondHome = String(tabs.vInfo?.[2]?.[name('vInfo', 'Path')]).replace('.vmx', '.vmdk');
    const disks = (tabs.vDisk ?? []).map((row, at) => [
      ...row,
      ...(at === 0 ? ['Disk Mode', 'Disk UUID'] : ['persistent', null]),
    ]);
    const lent = [
      proxy?.name ?? '',
      proxy?.id ?? '',
      secondHome,
      'False',
      null,
      null,
      hosts?.datacenter ?? '',
      hosts?.name ?? '',
    ];
    const uuid = '6000C290-1234-4000-8000-000000000001';
    const rows = [
      ['VM', 'Name', 'Date / time', 'VM ID'],
      [proxy?.name ?? '', 'before patch', '2026/11/20 22:00:00', proxy?.id ?? ''],
    ];
    const more = {
      ...tabs,
      vInfo: info,
      vDisk: [...disks, [...lent, truth.vcenterUuid, 'independent_nonpersistent', uuid]],
      vSnapshot: rows,
    };
    const { map } = await readRvtools(await packedWorkbook(more), reading);
    expect(map.snapshots).toEqual([{ vm: proxy?.id, name: 'before patch', createdAt: '2026-11-21T10:00:00.000Z' }]);
    expect(map.needConsolidation).toEqual([second?.id]);
    expect(map.details?.foreignDisks).toEqual([
      {
        vm: proxy?.id,
        owner: second?.id,
        file: secondHome,
        isIndependent: true,
        keys: ['naa:6000c290123440008000000000000001'],
      },
    ]);
    const plain = (await readRvtools(await packedWorkbook(tabs), reading)).map;
    expect([plain.snapshots, plain.needConsolidation, plain.details?.foreignDisks]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('without adapters is complete all the same', async () => {
    const { vHBA: _gone, ...rest } = tabs;
    const { map, omitted } = await readRvtools(await packedCsv(rest), reading);
    expect(map.complete).toBe(true);
    expect(omitted).toContainEqual({ object: 'vHBA', path: '*', reason: 'the tab is missing' });
  });

  it.each([
    ['vDatastore', 'URL'],
    ['vDatastore', '# Extents'],
    ['vMultiPath', 'Disk'],
    ['vInfo', 'Path'],
    ['vInfo', 'VM ID'],
    ['vDisk', 'Disk Path'],
  ])('without the column %s.%s is incomplete and names it', async (tab, column) => {
    const { map } = await readRvtools(await packedWorkbook(withoutColumn(tabs, tab, column)), reading);
    expect(map.complete).toBe(false);
    expect(map.gaps).toContainEqual({ object: tab, path: column, reason: 'the column is missing' });
  });

  it('that tells fewer LUNs than a volume has extents is incomplete', async () => {
    const [header, ...rows] = tabs.vMultiPath!;
    const spanned = truth.datastores.find(({ extents }) => extents.length > 1)!;
    const lost = spanned.extents[1]!.diskName;
    const { map } = await readRvtools(
      await packedCsv({ ...tabs, vMultiPath: [header!, ...rows.filter((row) => row[3] !== lost)] }),
      reading,
    );
    expect(map.gaps).toEqual([
      { object: spanned.name, path: 'vMultiPath.Disk', reason: 'tells 1 of 2 LUNs of this volume' },
    ]);
  });

  it('of two vCenters at once is refused, for their objects may have the same ids', async () => {
    const two = { ...tabs, vHost: [...tabs.vHost!, [...tabs.vHost![1]!.slice(0, -1), 'another-uuid']] };
    await expect(readRvtools(await packedCsv(two), reading)).rejects.toMatchObject({
      code: 'rvtools_several_vcenters',
    });
  });

  it('without an id of its vCenter gets the same one every time', async () => {
    const bare = Object.keys(tabs).reduce((all, tab) => withoutColumn(all, tab, 'VI SDK UUID'), tabs);
    const ids = await Promise.all(
      [packedCsv(bare), packedWorkbook(bare)].map(
        async (pack) => (await readRvtools(await pack, reading)).map.vcenterUuid,
      ),
    );
    expect(ids[0]).toMatch(/^rvtools:[0-9a-f]{32}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('with headers of the database export means the same', async () => {
    const prefixed = Object.fromEntries(
      Object.entries(tabs).map(([tab, [header = [], ...rows]]) => [
        tab,
        [header.map((name) => `${tab}${String(name).replaceAll(/[ .]/g, '')}`), ...rows],
      ]),
    );
    expect(reachOf((await readRvtools(await packedCsv(prefixed), reading)).map)).toEqual(reachOf(truth));
  });
});

describe('the age of an export', () => {
  it('is the earliest that a clock without a zone may mean, never the time of import', async () => {
    const { map, dating } = await readRvtools(await packedCsv(tabs), reading);
    expect([map.collectedAt, dating.by]).toEqual(['2026-11-19T22:00:00.000Z', 'local-time']);
  });

  it('may be narrowed by who brings it, and not be contradicted', async () => {
    const file = await packedCsv(tabs);
    const stated = '2026-11-20T11:00:00.000Z';
    expect((await readRvtools(file, { now, exportedAt: stated })).dating).toEqual({ at: stated, by: 'stated' });
    for (const wrong of ['2026-11-22T11:59:00.000Z', '2026-11-18T00:00:00.000Z', '2027-01-01T00:00:00.000Z'])
      await expect(readRvtools(file, { now, exportedAt: wrong })).rejects.toMatchObject({ code: 'rvtools_undated' });
  });

  it('must be told where the file is silent', async () => {
    const { vMetaData: _gone, ...rest } = tabs;
    await expect(readRvtools(await packedCsv(rest), reading)).rejects.toMatchObject({ code: 'rvtools_undated' });
  });
});

describe('a hostile file', () => {
  const codeOf = async (bytes: Uint8Array) =>
    readRvtools(bytes, reading).then(
      () => 'read',
      (error) => error.code,
    );
  const sheet = (xml: string | Buffer) => packed({ ...workbookFiles(['vInfo']), 'xl/worksheets/sheet1.xml': xml });

  it.each<[string, string, () => Promise<Uint8Array>]>([
    ['is no zip', 'rvtools_not_an_export', async () => Buffer.from('VM,Host\n')],
    ['is a zip of something else', 'rvtools_not_an_export', () => packed({ 'readme.txt': 'hello' })],
    [
      'has more files than any export',
      'rvtools_too_large',
      () => packed(Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, '']))),
    ],
    ['has a DOCTYPE', 'rvtools_damaged', () => sheet('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>')],
    ['nests without end', 'rvtools_damaged', () => sheet('<a>'.repeat(10_000))],
    ['ends in the middle', 'rvtools_damaged', () => sheet('<worksheet><sheetData><row>')],
    [
      'has one text without end',
      'rvtools_damaged',
      () => sheet(`<worksheet><c t="str"><v>${'x'.repeat(3 << 20)}</v></c></worksheet>`),
    ],
    ['is not UTF-8', 'rvtools_damaged', () => sheet(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe]))],
    ['never closes a quote', 'rvtools_damaged', () => packed({ 'RVTools_tabvInfo.csv': 'VM,Host\n"a,b\nc,d\n' })],
    ['has rows of another width', 'rvtools_damaged', () => packed({ 'RVTools_tabvInfo.csv': 'VM,Host\na\n' })],
  ])('that %s is refused', async (_, code, bytes) => {
    expect(await codeOf(await bytes())).toBe(code);
  });

  it('whose bytes were damaged is refused by its checksum', async () => {
    const bytes = await packed({ 'RVTools_tabvInfo.csv': 'VM,Host\nweb-01,esx-01\n' });
    const whole = new Uint8Array(bytes);
    const central = bytes.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    // The checksum stands sixteen bytes into the entry of the central directory (APPNOTE 4.3.12).
    whole[central + 16] = (whole[central + 16] ?? 0) ^ 0xff;
    expect(await codeOf(whole)).toBe('rvtools_damaged');
  });

  it('whose names climb out of the archive is refused', async () => {
    const bytes = await packed({ 'aa/RVTools_tabvInfo.csv': 'VM\na\n' });
    const climbing = Buffer.from(bytes.toString('latin1').replaceAll('aa/RVT', '../RVT'), 'latin1');
    expect(await codeOf(climbing)).toBe('rvtools_damaged');
  });
});

function withoutColumn(all: SampleExport, tab: string, column: string): SampleExport {
  const at = all[tab]?.[0]?.indexOf(column) ?? -1;
  if (at === -1) return all;
  return { ...all, [tab]: all[tab]!.map((row) => row.filter((_, place) => place !== at)) };
}
