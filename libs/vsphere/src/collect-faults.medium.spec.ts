import { smallSan, vcsimTruth } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  after,
  cut,
  type Fault,
  garbage,
  refuseProperties,
  reset,
  rewrite,
  startFaultProxy,
  status,
  truncate,
} from '../testing/fault-proxy.js';
import { optionsFor, skipNote } from '../testing/options.js';
import { endIdleSessions, openSessions, terminateSessions } from '../testing/sessions.js';
import { findVcsim, startVcsim, type Vcsim } from '../testing/vcsim.js';
import { collectLunMap, probeVcenter, type VcenterOptions, VsphereError } from './index.js';

const program = await findVcsim();
if (program === null) console.warn(skipNote);

const truth = vcsimTruth(smallSan);
const placements = truth.placements.length;

describe.skipIf(program === null)('a vCenter in trouble', () => {
  let vcsim: Vcsim;
  beforeAll(async () => {
    vcsim = await startVcsim(program ?? '', { order: smallSan });
  });
  afterAll(() => vcsim?.stop());

  async function collectWith(faults: readonly Fault[], more: Partial<VcenterOptions> = {}) {
    const proxy = await startFaultProxy(vcsim.url, faults);
    try {
      const result = await collectLunMap(optionsFor(proxy.url, { pageSize: 30, ...more })).catch((error) => error);
      return { result, seen: proxy.seen };
    } finally {
      await proxy.stop();
    }
  }

  const expectWhole = (map: unknown): void => {
    expect(map).toMatchObject({ complete: true, gaps: [], counts: { vms: { expected: 120, got: 120 } } });
    const vms = (map as { vms: { datastores: string[] }[] }).vms;
    expect(vms.reduce((sum, { datastores }) => sum + datastores.length, 0)).toBe(placements);
  };

  test.each([
    ['between pages', 'ContinueRetrievePropertiesEx', 2],
    ['after a view was made', 'RetrievePropertiesEx', 2],
    ['before a view is made', 'CreateContainerView', 2],
  ])('a session that is ended %s costs one new login and no row', async (_when, method, nth) => {
    const act = after(async () => void (await terminateSessions(vcsim.url)));
    const { result, seen } = await collectWith([{ method, nth, act }]);
    expectWhole(result);
    expect(seen.get('Login')).toBe(2);
    expect(await openSessions(vcsim.url)).toBe(0);
  });

  test('a lost session that hides in good answers is not read as an empty inventory', async () => {
    const act = refuseProperties(() => true, 'NotAuthenticated');
    const { result, seen } = await collectWith([{ method: 'ContinueRetrievePropertiesEx', nth: 1, act }]);
    expectWhole(result);
    expect(seen.get('Login')).toBe(2);
  });

  test('a session that is ended again and again is an error, not a loop', async () => {
    const act = after(async () => void (await terminateSessions(vcsim.url)));
    const { result, seen } = await collectWith([{ method: 'ContinueRetrievePropertiesEx', act }]);
    expect(result).toMatchObject({ code: 'vcenter_session_lost' });
    expect(seen.get('Login')).toBe(2);
    expect(await openSessions(vcsim.url)).toBe(0);
  });

  test('a wrong password is tried once and shown nowhere', async () => {
    const password = 'canary-4711';
    const { result, seen } = await collectWith([], { password });
    expect(result).toBeInstanceOf(VsphereError);
    expect(result).toMatchObject({ code: 'vcenter_login_refused' });
    expect(seen.get('Login')).toBe(1);
    expect(`${result.stack} ${JSON.stringify(result)} ${result.cause?.stack}`).not.toContain(password);
    expect(await probeVcenter(optionsFor(vcsim.url, { password }))).toMatchObject({ ok: false, about: null });
  });

  test.each([
    ['reset', reset],
    ['cut in the middle', cut],
    ['truncated with a clean end', truncate],
    ['full of garbage', garbage],
    ['HTTP 503', status(503)],
  ])('a page that is %s is read again and the map is whole', async (_name, act) => {
    const { result, seen } = await collectWith([{ method: 'ContinueRetrievePropertiesEx', nth: 2, act }]);
    expectWhole(result);
    expect(seen.get('Login')).toBe(1);
    expect(await openSessions(vcsim.url)).toBe(0);
  });

  test.each([
    ['vcenter_unreachable', reset],
    ['vcenter_unreachable', cut],
    ['vcenter_protocol', truncate],
    ['vcenter_protocol', garbage],
    ['vcenter_unavailable', status(503)],
    ['vcenter_protocol', status(302, '', { location: 'http://127.0.0.1:1/' })],
    ['vcenter_protocol', status(200, '<html><body>Sign in</body></html>')],
  ])('what stays broken ends as %s after three tries, never as a map', async (code, act) => {
    const { result, seen } = await collectWith([{ method: 'RetrievePropertiesEx', act }]);
    expect(result).toMatchObject({ code, message: expect.stringContaining('VirtualMachine') });
    expect(seen.get('RetrievePropertiesEx')).toBe(3);
    expect(await openSessions(vcsim.url)).toBe(0);
  });

  test('an object without rights is a gap for each of its properties; the rest is there', async () => {
    const act = refuseProperties((kind, id) => kind === 'Datastore' && id === 'datastore-1003');
    const { result } = await collectWith([{ method: 'RetrievePropertiesEx', act }], { pageSize: 1000 });
    expect(result.complete).toBe(false);
    expect(result.counts.datastores).toEqual({ expected: 106, got: 106 });
    expect(result.gaps).toHaveLength(9);
    expect(result.gaps[0]).toEqual({
      object: 'Datastore:datastore-1003',
      path: expect.any(String),
      reason: 'NoPermission(System.Read)',
    });
    const hidden = result.datastores.find(({ id }: { id: string }) => id === 'datastore-1003');
    expect(hidden).toMatchObject({ accessible: false, extents: [], hosts: [], capacityBytes: null });
  });

  test('an object that the account cannot see, but others refer to, is a gap', async () => {
    const act: Fault['act'] = async (exchange) => {
      const given = await exchange.forward();
      const xml = given.body
        .toString()
        .replaceAll(/<objects><obj type="HostSystem">host-1001<\/obj>.*?<\/objects>/gs, '')
        .replaceAll('<ManagedObjectReference type="HostSystem">host-1001</ManagedObjectReference>', '');
      exchange.response.end(xml);
    };
    const { result } = await collectWith([{ method: 'RetrievePropertiesEx', act }], { pageSize: 1000 });
    expect(result.counts.hosts).toEqual({ expected: 6, got: 5 });
    expect(result.complete).toBe(false);
    expect(result.gaps).toContainEqual({
      object: 'HostSystem:host-1001',
      path: '*',
      reason: 'referred to but not visible to this account (System.View)',
    });
  });

  test('a hidden datastore that no VM lives on is a gap: its datacenter lists it', async () => {
    // A vVol datastore: nobody lives there.
    const hidden = truth.datastores.at(-1)?.id ?? '';
    const act = rewrite((xml) =>
      xml
        .replaceAll(new RegExp(`<objects><obj type="Datastore">${hidden}</obj>.*?</objects>`, 'gs'), '')
        .replaceAll(/<objects><obj type="ContainerView">.*?<\/objects>/gs, (view) =>
          view.replaceAll(new RegExp(`<ManagedObjectReference [^>]*>${hidden}</ManagedObjectReference>`, 'g'), ''),
        ),
    );
    const { result } = await collectWith([{ method: 'RetrievePropertiesEx', act }], { pageSize: 1000 });
    expect(result.complete).toBe(false);
    expect(result.counts.datastores.expected).toBe(result.counts.datastores.got + 1);
    const reason = 'referred to but not visible to this account (System.View)';
    expect(result.gaps).toEqual([{ object: `Datastore:${hidden}`, path: '*', reason }]);
  });

  test('an object that stays in the view and is not delivered makes the map incomplete', async () => {
    const act: Fault['act'] = async (exchange) => {
      const given = await exchange.forward();
      const xml = given.body
        .toString()
        .replaceAll(/<objects><obj type="VirtualMachine">vm-100007<\/obj>.*?<\/objects>/gs, '');
      exchange.response.end(xml);
    };
    const { result } = await collectWith([{ method: 'RetrievePropertiesEx', act }], { pageSize: 1000 });
    expect(result).toMatchObject({ complete: false, counts: { vms: { expected: 120, got: 119 } } });
    expect(result.gaps).toEqual([{ object: 'VirtualMachine:vm-100007', path: '*', reason: 'not delivered' }]);
  });

  test('the deadline ends the collection and the session', async () => {
    const act = after(() => new Promise((resolve) => setTimeout(resolve, 8_000)));
    const faults = [{ method: 'ContinueRetrievePropertiesEx', nth: 2, act }];
    const startedAt = performance.now();
    const { result, seen } = await collectWith(faults, { deadlineMs: 2_000 });
    expect(result).toMatchObject({ code: 'vcenter_deadline' });
    expect(performance.now() - startedAt).toBeLessThan(7_500);
    expect(seen.get('Logout')).toBe(1);
    expect(seen.get('CancelRetrievePropertiesEx')).toBe(1);
    expect(await openSessions(vcsim.url)).toBe(0);
  });

  test('a caller that stops it gets vcenter_aborted, and the session is closed', async () => {
    const stop = new AbortController();
    const { result } = await collectWith([], { signal: stop.signal, pageSize: 5, onProgress: () => stop.abort() });
    expect(result).toMatchObject({ code: 'vcenter_aborted' });
    expect(await openSessions(vcsim.url)).toBe(0);
  });
});

test.skipIf(program === null)(
  'a pause that is longer than a session may be idle costs one new login and no row',
  async () => {
    const vcsim = await startVcsim(program ?? '', { order: smallSan });
    await endIdleSessions(vcsim.url, 3);
    let left = -1;
    const act = after(async () => {
      await new Promise((resolve) => setTimeout(resolve, 7_000));
      left = await openSessions(vcsim.url);
    });
    const proxy = await startFaultProxy(vcsim.url, [{ method: 'ContinueRetrievePropertiesEx', nth: 2, act }]);
    const map = await collectLunMap(optionsFor(proxy.url, { pageSize: 30 }));
    expect(map).toMatchObject({ complete: true, gaps: [], counts: { vms: { got: 120 } } });
    expect([left, proxy.seen.get('Login'), await openSessions(vcsim.url)]).toEqual([0, 2, 0]);
    await proxy.stop();
    await vcsim.stop();
  },
);

test.skipIf(program === null)('an account without rights on a type gets a map that says so', async () => {
  const faults = [{ method: 'CreateContainerView', type: '*', name: '*', kind: 'NoPermission', max: 1 }] as const;
  const vcsim = await startVcsim(program ?? '', { order: smallSan, faults });
  try {
    const map = await collectLunMap(optionsFor(vcsim.url));
    expect(map.gaps).toEqual([{ object: 'VirtualMachine', path: '*', reason: 'NoPermission(System.Read)' }]);
    expect(map).toMatchObject({ complete: false, vms: [], counts: { hosts: { expected: 6, got: 6 } } });
  } finally {
    await vcsim.stop();
  }
});
