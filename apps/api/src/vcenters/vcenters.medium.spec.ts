import { randomUUID } from 'node:crypto';
import type { MapKind } from '@lunwarden/contract';
import { smallSan, vcsimTruth } from '@lunwarden/sample-fleet';
import type { Store } from '@lunwarden/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { garbage, refuseProperties, rewrite } from '../../../../libs/vsphere/testing/fault-proxy.js';
import { findVcsim } from '../../../../libs/vsphere/testing/vcsim.js';
import { VcenterLab } from '../../e2e/vcenter-lab.js';
import { MapChanges } from './map-changes.js';

const vcsim = await findVcsim();
const truth = vcsimTruth(smallSan);
const canary = 'canary-7f3a';

let lab: VcenterLab;
beforeEach(async () => {
  lab = await VcenterLab.open(vcsim);
});
afterEach(() => lab.close());

/** As if ten times as many had been there before. */
const losing = (store: Store, ...kinds: MapKind[]) =>
  store.dataSource.query(`UPDATE map_in_force SET ${kinds.map((kind) => `${kind} = ${kind} * 10`).join(', ')}`);

describe.skipIf(vcsim === null)('a vCenter', () => {
  it('is read as soon as it is added, and who judges is told which LUNs are concerned', async () => {
    const { call, collected, changes, store } = await lab.replica();
    const added = await call('POST', '', lab.request());
    expect(added.statusCode).toBe(201);
    expect(added.json()).toMatchObject({ state: 'collecting', mapCollectedAt: null, lastError: null });
    const { id } = added.json();
    expect(await collected(id)).toMatchObject({
      state: 'ok',
      lastError: null,
      gaps: 0,
      datastores: truth.datastores.length,
      hosts: truth.hosts.length,
      vms: truth.vms.length,
    });
    expect(changes.map(({ kind }) => kind)).toEqual(['added', 'first-map']);
    const vmfs = truth.datastores.filter(({ type }) => type === 'VMFS');
    const { datastores } = await store.read.maps.index();
    expect(datastores.map(({ vmfsUuid }) => vmfsUuid).sort()).toEqual(vmfs.map(({ uuid }) => uuid).sort());
    const keys = new Set(datastores.flatMap(({ extents }) => extents.flat()));
    expect(new Set(changes[1]?.lunKeys)).toEqual(keys);
    expect(keys.size).toBeGreaterThan(100);
    const told = (await store.read.changes.since(0, 100)).map(
      (change) => change.kind === 'vcenter' && change.vcenter.state,
    );
    expect(told).toEqual(['never-collected', 'collecting', 'ok']);
  });

  it('keeps its last complete map when it answers in part, and says what is missing', async () => {
    const { call, collected, changes, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request())).json();
    const whole = await collected(id);
    const before = (await store.read.maps.index()).datastores;
    lab.hurt({ method: 'RetrievePropertiesEx', act: refuseProperties((kind) => kind === 'Datastore') });
    expect((await call('POST', `/${id}/collect`)).statusCode).toBe(202);
    const half = await collected(id);
    expect(half).toMatchObject({ state: 'incomplete', mapCollectedAt: whole.mapCollectedAt, vms: truth.vms.length });
    expect(half.gaps).toBeGreaterThan(0);
    expect((await store.read.maps.index()).datastores).toEqual(before);
    expect(changes.map(({ kind }) => kind)).toEqual(['added', 'first-map']);
    const gaps = (await call('GET', `/${id}/gaps`)).json();
    expect(gaps.total).toBe(half.gaps);
    expect(gaps.gaps[0].reason).toContain('NoPermission');
  });

  it('waits with a map of far fewer objects until a person says that exactly those are gone', async () => {
    const { call, collected, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request())).json();
    const whole = await collected(id);
    expect(whole).toMatchObject({ heldBack: null, confirmed: null });
    expect((await call('POST', `/${id}/confirm`, {})).statusCode).toBe(409);
    await losing(store, 'hosts', 'vms');
    await call('POST', `/${id}/collect`);
    const held = await collected(id);
    const { hosts, vms } = whole;
    expect(held).toMatchObject({ state: 'incomplete', heldBack: { hosts, vms }, hosts: hosts * 10 });
    expect(held.mapCollectedAt).toBe(whole.mapCollectedAt);
    for (const other of [{}, { hosts }, { vms }, { hosts, vms: vms - 1 }, { hosts, vms, datastores: 0 }]) {
      const refused = await call('POST', `/${id}/confirm`, other);
      expect([refused.statusCode, refused.json().detail]).toEqual([409, expect.stringContaining(`${vms} VMs`)]);
    }
    expect((await call('POST', `/${id}/confirm`, { vms, hosts })).statusCode).toBe(202);
    expect(await collected(id)).toMatchObject({ state: 'ok', heldBack: null, confirmed: null, hosts, vms });
    expect((await call('POST', `/${randomUUID()}/confirm`, { hosts })).statusCode).toBe(404);
  });

  it('keeps a word until a map comes that it is about, and asks again about other losses', async () => {
    const { call, collected, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request())).json();
    const { hosts, datastores } = await collected(id);
    await losing(store, 'hosts');
    await call('POST', `/${id}/collect`);
    await collected(id);
    lab.hurt({ method: 'Login', act: garbage });
    await call('POST', `/${id}/confirm`, { hosts });
    expect(await collected(id)).toMatchObject({ state: 'failed', heldBack: null, confirmed: { hosts } });
    lab.hurt();
    await losing(store, 'datastores');
    await call('POST', `/${id}/collect`);
    expect(await collected(id)).toMatchObject({ heldBack: { hosts, datastores }, confirmed: null });
  });

  it('asks again about what was confirmed more than a day ago', async () => {
    const { call, collected, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request())).json();
    const { hosts } = await collected(id);
    await losing(store, 'hosts');
    await call('POST', `/${id}/collect`);
    await collected(id);
    lab.hurt({ method: 'Login', act: garbage });
    await call('POST', `/${id}/confirm`, { hosts });
    expect(Date.parse((await collected(id)).confirmedUntil ?? '')).toBeGreaterThan(Date.now());
    lab.hurt();
    await store.dataSource.query(`UPDATE vcenter_collection SET confirmed_until = now()`);
    await call('POST', `/${id}/collect`);
    expect(await collected(id)).toMatchObject({ state: 'incomplete', heldBack: { hosts }, confirmed: null });
  });

  it('takes a word that comes while it is read', async () => {
    const { call, collected, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request())).json();
    const { hosts } = await collected(id);
    await losing(store, 'hosts');
    await call('POST', `/${id}/collect`);
    await collected(id);
    const release = lab.holdLogins();
    await call('POST', `/${id}/collect`);
    expect((await call('POST', `/${id}/confirm`, { hosts })).json()).toMatchObject({ confirmed: { hosts } });
    release();
    expect(await collected(id)).toMatchObject({ state: 'ok', hosts, confirmed: null });
  });

  it('tells LUNs, adapters and disks at first and when asked, and reads no device of a VM twice', async () => {
    const { call, collect, collected, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request())).json();
    await collected(id);
    const stored = async (table: string): Promise<number> =>
      (await store.dataSource.query(`SELECT count(*)::int AS rows FROM ${table}`))[0].rows;
    expect(await stored('map_raw_mapping')).toBe(truth.rawMappings.length);
    expect(await stored('map_adapter')).toBeGreaterThanOrEqual(truth.adapters.length * 2);
    expect(await stored('map_lun')).toBeGreaterThanOrEqual(truth.luns.length);
    const asked: string[] = [];
    lab.hurt({
      method: 'RetrievePropertiesEx',
      act: rewrite((xml) => {
        asked.push(xml);
        return xml;
      }),
    });
    await call('POST', `/${id}/collect`);
    expect(await collected(id)).toMatchObject({ state: 'ok' });
    expect(asked.join('')).toContain('config.storageDevice.scsiLun');
    expect(asked.join('')).not.toContain('config.hardware.device');
    expect(await stored('map_raw_mapping')).toBe(truth.rawMappings.length);
    asked.length = 0;
    await store.dataSource.query('UPDATE vcenter_collection SET due_at = now()');
    await collect.beginDue();
    expect(await collected(id)).toMatchObject({ state: 'ok' });
    expect(asked.join('')).not.toContain('config.storageDevice.scsiLun');
  });

  it('has no map at all while its first one is incomplete', async () => {
    lab.hurt({ method: 'RetrievePropertiesEx', act: refuseProperties((kind) => kind === 'VirtualMachine') });
    const { call, collected, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request())).json();
    expect(await collected(id)).toMatchObject({ state: 'incomplete', mapCollectedAt: null, datastores: 0, vms: 0 });
    expect((await store.read.maps.index()).datastores).toEqual([]);
  });

  it('is never asked twice with a wrong password, unless a person asks', async () => {
    const { call, collected, collect } = await lab.replica();
    const { id } = (await call('POST', '', lab.request('wrong'))).json();
    expect(await collected(id)).toMatchObject({ state: 'failed', mapCollectedAt: null });
    for (let round = 0; round < 3; round++) await collect.beginDue();
    await collect.settled();
    expect(lab.proxy?.seen.get('Login')).toBe(1);
    await call('POST', `/${id}/collect`);
    await collect.settled();
    expect(lab.proxy?.seen.get('Login')).toBe(2);
  });

  it('is read by one replica at a time', async () => {
    const release = lab.holdLogins();
    const replicas = await Promise.all([lab.replica(), lab.replica(), lab.replica()]);
    const { id } = (await replicas[0].call('POST', '', lab.request())).json();
    const begun = await Promise.all(replicas.map(({ collect }) => collect.begin(id)));
    expect(begun).toEqual([false, false, false]);
    release();
    expect(await replicas[0].collected(id)).toMatchObject({ state: 'ok' });
    await Promise.all(replicas.map(({ store }) => store.read.collections.makeDue(id)));
    const again = await Promise.all(replicas.map(({ collect }) => collect.begin(id)));
    expect(again.filter((won) => won)).toHaveLength(1);
    await Promise.all(replicas.map(({ collect }) => collect.settled()));
    expect(lab.proxy?.seen.get('Login')).toBe(2);
  });

  it('is not written by one who lost its lease meanwhile', async () => {
    const release = lab.holdLogins();
    const { call, collected, store } = await lab.replica('all');
    const { id } = (await call('POST', '', lab.request())).json();
    await store.dataSource.query(`UPDATE vcenter_collection SET lease_owner = $1`, [randomUUID()]);
    release();
    expect(await collected(id)).toMatchObject({ state: 'collecting', mapCollectedAt: null, lastAttemptAt: null });
    expect((await store.read.maps.index()).datastores).toEqual([]);
  });

  it('is given back at once by a replica that shuts down', async () => {
    lab.holdLogins();
    const first = await lab.replica();
    const { id } = (await first.call('POST', '', lab.request())).json();
    const second = await lab.replica('api');
    expect(await second.store.read.vcenters.status(id)).toMatchObject({ state: 'collecting' });
    await first.app.close();
    expect(await second.store.read.vcenters.status(id)).toMatchObject({
      state: 'never-collected',
      lastAttemptAt: null,
    });
    expect(await second.store.read.collections.due()).toEqual([id]);
  });

  it('tells those who judge again after they failed', async () => {
    const { app, call, collected, changes, store } = await lab.replica();
    let isBroken = true;
    app.get(MapChanges).onMapChange(async ({ kind }) => {
      if (isBroken && kind === 'first-map') throw new Error('judging broke');
    });
    const { id } = (await call('POST', '', lab.request())).json();
    await collected(id);
    expect((await store.read.mapChanges.pending()).map(({ kind }) => kind)).toEqual(['first-map']);
    isBroken = false;
    await app.get(MapChanges).deliver();
    expect(await store.read.mapChanges.pending()).toEqual([]);
    expect(changes.filter(({ kind }) => kind === 'first-map').length).toBeGreaterThan(1);
  });

  it('takes its map, its credential and its LUNs with it when it is removed', async () => {
    const { app, call, collected, changes, store } = await lab.replica();
    const { id } = (await call('POST', '', lab.request())).json();
    await collected(id);
    expect((await call('DELETE', `/${id}`)).statusCode).toBe(204);
    await app.get(MapChanges).deliver();
    expect(changes.at(-1)).toMatchObject({ kind: 'removed', vcenterId: id });
    expect(changes.at(-1)?.lunKeys.length).toBeGreaterThan(100);
    expect((await call('GET', '')).json()).toEqual([]);
    expect((await store.read.maps.index()).datastores).toEqual([]);
    expect((await call('DELETE', `/${id}`)).statusCode).toBe(404);
    expect((await store.read.changes.since(0, 100)).at(-1)?.kind).toBe('vcenter-removed');
  });

  it('answers a test of its connection without being stored', async () => {
    const { call } = await lab.replica();
    const met = await call('POST', '/probe', lab.request());
    expect([met.statusCode, met.json().ok]).toEqual([200, true]);
    const refused = await call('POST', '/probe', lab.request(canary));
    expect([refused.statusCode, refused.json().ok]).toEqual([200, false]);
    expect(refused.body).not.toContain(canary);
    expect((await call('GET', '')).json()).toEqual([]);
  });
});
