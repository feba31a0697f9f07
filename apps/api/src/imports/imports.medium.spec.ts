import type { RvtoolsReceipt, StoragePage, VcenterStatus } from '@lunwarden/contract';
import { lunMapOf, reachIn, sampleFleet } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedCsv, packedWorkbook } from '../../../../libs/rvtools/testing/pack-export.js';
import { sampleExport } from '../../../../libs/rvtools/testing/sample-export.js';
import { openSampleHouse, putMap, type SampleHouse } from '../../e2e/sample-house.js';
import { browserHeaders } from '../../e2e/test-api.js';

const asOf = '2026-11-22T12:00:00.000Z';
const fleet = sampleFleet({ seed: 3, asOf, hosts: 12, vcenters: 1 });
const [vcenter] = fleet.vcenters;
const truth = lunMapOf(vcenter!, asOf);
const told = (createdAt: string) => ({ server: vcenter!.name, createdAt });
let house: SampleHouse;

beforeAll(async () => {
  // The proxies report; no vCenter can be asked.
  house = await openSampleHouse({ ...fleet, vcenters: [] });
});
afterAll(() => house?.close());

async function bring(file: Uint8Array, query = '', headers: Record<string, string> = {}) {
  const answer = await fetch(`${house.api.url}/api/v1/imports/rvtools${query}`, {
    method: 'POST',
    headers: { ...browserHeaders, 'content-type': 'application/zip', cookie: await house.signIn(), ...headers },
    body: new Uint8Array(file),
  });
  return { status: answer.status, body: (await answer.json()) as RvtoolsReceipt };
}
const statuses = async (): Promise<VcenterStatus[]> => (await (await house.get('/vcenters')).json()) as VcenterStatus[];

describe('an export of RVTools', () => {
  it('with a gap never comes in force, and says what is missing', async () => {
    const { vMultiPath: _gone, ...rest } = sampleExport(truth, told('2026-11-21 06:00:00'));
    const { status, body } = await bring(await packedCsv(rest));
    expect(status).toBe(200);
    expect(body).toMatchObject({ outcome: 'incomplete', vcenter: null });
    expect(body.gaps[0]).toEqual({ object: 'vMultiPath', path: '*', reason: 'the tab is missing' });
    expect(await statuses()).toEqual([]);
  });

  it('that is whole comes in force with its own age, by name of who brought it', async () => {
    const file = await packedWorkbook(sampleExport(truth, told('2026-11-21 06:00:00')));
    const { body } = await bring(file, '?file=export.xlsx');
    expect(body).toMatchObject({ outcome: 'in-force', exportedAt: '2026-11-20T16:00:00.000Z', datedBy: 'local-time' });
    const [status] = await statuses();
    expect(status).toMatchObject({
      name: vcenter!.name,
      mapCollectedAt: '2026-11-20T16:00:00.000Z',
      imported: { at: asOf, by: 'root', file: 'export.xlsx' },
      datastores: truth.datastores.length,
      vms: truth.vms.length,
    });
  });

  it('gives the blast radius as last known, and makes nobody safe', async () => {
    const reachOf = reachIn(fleet);
    const { hosts } = (await (await house.get('/fleet')).json()) as {
      hosts: { hostId: string; level: string; vms: number; blastIsComplete: boolean; state: string }[];
    };
    const exposed = fleet.hosts.filter((host) => !host.flaws.includes('access-denied') && reachOf(host).vms.length > 0);
    expect(exposed.length).toBeGreaterThan(2);
    for (const host of exposed) {
      const summary = hosts.find(({ hostId }) => hostId === house.ids.get(host))!;
      expect([host.hostname, summary.vms]).toEqual([host.hostname, reachOf(host).vms.length]);
      expect(summary.blastIsComplete).toBe(false);
      expect(['critical', 'high', 'unknown']).toContain(summary.level);
    }
    const { datastores } = (await (await house.get('/storage?limit=200')).json()) as StoragePage;
    expect(datastores.every(({ mapCollectedAt }) => mapCollectedAt === '2026-11-20T16:00:00.000Z')).toBe(true);
    expect(datastores.some(({ sights }) => sights.length > 0)).toBe(true);
  });

  it('brings adapters, LUNs and paths into the store, and stays what cannot be collected', async () => {
    const [stored] = await house.api.sql(
      'SELECT (SELECT count(*) FROM map_adapter)::int AS adapters, (SELECT count(*) FROM map_lun)::int AS luns, (SELECT sum(paths) FROM map_host_paths)::int AS paths',
    );
    expect(stored?.adapters).toBe(truth.hosts.length);
    expect(stored?.luns).toBeGreaterThan(0);
    const seen = truth.datastores.flatMap(({ extents, hosts }) => extents.flatMap(() => hosts));
    expect(stored?.paths).toBe(2 * seen.length);
    const [imported] = await statuses();
    const headers = { ...browserHeaders, cookie: await house.signIn() };
    const url = `${house.api.url}/api/v1/vcenters/${imported?.id}/collect`;
    const answer = await fetch(url, { method: 'POST', headers, body: '{}' });
    expect(answer.status).toBe(409);
    expect(await answer.text()).toMatch(/known by an export alone.*import a newer export, or add the vCenter/);
  });

  it('that is older never takes back what a later one has shown', async () => {
    const older = await packedCsv(sampleExport({ ...truth, vms: truth.vms.slice(1) }, told('2026-11-01 06:00:00')));
    expect((await bring(older)).body.outcome).toBe('older');
    expect((await statuses())[0]).toMatchObject({ vms: truth.vms.length });
  });

  it('that lost many hosts asks for confirmation', async () => {
    const fewer = { ...truth, hosts: truth.hosts.slice(0, Math.floor(truth.hosts.length / 2)) };
    const { body } = await bring(await packedCsv(sampleExport(fewer, told('2026-11-22 01:00:00'))));
    expect(body.outcome).not.toBe('in-force');
    expect((await statuses())[0]).toMatchObject({ mapCollectedAt: '2026-11-20T16:00:00.000Z' });
  });

  it('comes in force once a person says how few hosts are right, and not one fewer', async () => {
    const left = Math.floor(truth.hosts.length / 2);
    const fewer = { ...truth, hosts: truth.hosts.slice(0, left) };
    const file = await packedCsv(sampleExport(fewer, told('2026-11-22 02:00:00')));
    const { body } = await bring(file);
    expect(body).toMatchObject({ outcome: 'needs-confirmation', losses: { hosts: left }, counts: { hosts: left } });
    for (const other of [`confirmedHosts=${left + 1}`, 'confirmedHosts=0', `confirmedVms=${truth.vms.length}`])
      expect((await bring(file, `?${other}`)).body.outcome).toBe('needs-confirmation');
    expect((await bring(file, `?confirmedHosts=${left}`)).body.outcome).toBe('in-force');
    expect((await statuses())[0]).toMatchObject({ hosts: left, imported: { by: 'root' } });
  });

  it('that lost VMs too is not in force for a word on its hosts', async () => {
    const fewer = { ...truth, hosts: truth.hosts.slice(0, 1), vms: truth.vms.slice(0, 1) };
    const file = await packedCsv(sampleExport(fewer, told('2026-11-22 03:00:00')));
    const { body } = await bring(file);
    expect(body).toMatchObject({ outcome: 'needs-confirmation', losses: { hosts: 1, vms: 1 } });
    expect((await bring(file, '?confirmedHosts=1')).body.outcome).toBe('needs-confirmation');
    expect((await statuses())[0]).toMatchObject({ vms: truth.vms.length });
    expect((await bring(file, '?confirmedHosts=1&confirmedVms=1')).body.outcome).toBe('in-force');
  });

  it('ends what was confirmed of a vCenter that is read as well', async () => {
    const [elsewhere] = sampleFleet({ seed: 4, asOf, hosts: 3, vcenters: 1 }).vcenters;
    const map = lunMapOf(elsewhere!, '2026-11-20T00:00:00.000Z');
    const id = await putMap(house.store, 'connected', map);
    const confirm = `UPDATE vcenter_collection SET confirmed = '{"vms": 0}', confirmed_until = now() + interval '1 hour'`;
    await house.api.sql(`${confirm} WHERE vcenter_id = $1`, [id]);
    const newer = { server: 'connected', createdAt: '2026-11-22 03:00:00' };
    expect((await bring(await packedCsv(sampleExport(map, newer)))).body).toMatchObject({
      outcome: 'in-force',
      vcenter: { id, confirmed: null },
    });
  });

  it('must be a file of its kind, and not JSON', async () => {
    expect((await bring(Buffer.from('not a zip'))).status).toBe(422);
    expect((await bring(Buffer.from('{}'), '', { 'content-type': 'application/json' })).status).toBe(415);
    expect((await bring(Buffer.from('x'), '', { 'content-type': 'text/csv' })).status).toBe(415);
  });

  it('is not even read from somebody who may not bring it', async () => {
    expect((await bring(Buffer.alloc(1 << 20), '', { cookie: '' })).status).toBe(401);
    const elsewhere = await fetch(`${house.api.url}/api/v1/login`, {
      method: 'POST',
      headers: { ...browserHeaders, 'content-type': 'application/zip' },
      body: 'x',
    });
    expect(elsewhere.status).toBe(415);
  });

  it('that is larger than any export is refused', async () => {
    const { status } = await bring(Buffer.alloc(65 << 20));
    expect(status).toBe(413);
  });
});
