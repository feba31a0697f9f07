import { LunMap } from '@lunwarden/contract';
import { rowsOfMap, smallSan } from '@lunwarden/sample-fleet';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Fault, type FaultProxy, refuseProperties, rewrite, startFaultProxy } from '../testing/fault-proxy.js';
import { optionsFor, skipNote } from '../testing/options.js';
import { openSessions, terminateSessions } from '../testing/sessions.js';
import { findVcsim, startVcsim, type Vcsim } from '../testing/vcsim.js';
import { collectLunMap, VcenterWatch } from './index.js';

const program = await findVcsim();
if (program === null) console.warn(skipNote);

const hour = 3_600_000;

describe.skipIf(program === null)('a vCenter that is watched', () => {
  let vcsim: Vcsim;
  let watch: VcenterWatch;
  let proxy: FaultProxy | null = null;
  beforeEach(async () => {
    vcsim = await startVcsim(program ?? '', { order: smallSan });
    watch = new VcenterWatch(6 * hour);
  });
  afterEach(async () => {
    await watch.close();
    await proxy?.stop();
    proxy = null;
    await vcsim.stop();
  });

  let bytes = 0;
  const onTraffic = (all: number): void => {
    bytes = all;
  };
  const read = (more = {}) => watch.collect(optionsFor(proxy?.url ?? vcsim.url, { onTraffic, ...more }));
  const behind = async (faults: Fault[]) => {
    proxy = await startFaultProxy(vcsim.url, faults);
  };
  const timeless = ({ collectedAt: _at, durationMs: _ms, ...map }: LunMap) => ({
    ...map,
    datastores: [...map.datastores].sort((one, other) => (one.id < other.id ? -1 : 1)),
    vms: [...map.vms].sort((one, other) => (one.id < other.id ? -1 : 1)),
  });
  /** The same as a reader that was never there before finds. */
  const expectTruth = async (map: LunMap) => {
    expect(timeless(map)).toEqual(timeless(await collectLunMap(optionsFor(vcsim.url))));
    expect(map).toMatchObject({ complete: true, gaps: [] });
  };

  test('is read in full once, and then for a tenth of the bytes', async () => {
    await expectTruth(await read());
    await read();
    const full = await fullBytes();
    expect(bytes).toBeLessThan(full / 8);
    await expectTruth(LunMap.parse(await read()));
  });

  async function fullBytes(): Promise<number> {
    let all = 0;
    await collectLunMap(
      optionsFor(vcsim.url, {
        details: true,
        onTraffic: (told) => {
          all = told;
        },
      }),
    );
    return all;
  }

  const touch = (id: string) =>
    vcsim.change({ do: 'set', type: 'VirtualMachine', id, path: 'config.changeVersion', text: `new of ${id}` });
  const destroy = (id: string) => vcsim.change({ do: 'remove', type: 'VirtualMachine', id });

  test('tells of VMs that were reconfigured, renamed, moved and deleted', async () => {
    const before = await read();
    const type = 'VirtualMachine';
    await touch('vm-100003');
    await vcsim.change(
      { do: 'set', type, id: 'vm-100005', path: 'name', text: 'another name' },
      { do: 'set', type, id: 'vm-100006', path: 'runtime.host', text: 'HostSystem', ref: 'host-1002' },
    );
    await destroy('vm-100007');
    const after = await read();
    await expectTruth(after);
    const of = (map: LunMap, id: string) => map.vms.find((vm) => vm.id === id);
    expect(of(after, 'vm-100003')?.changeVersion).toBe('new of vm-100003');
    expect(of(after, 'vm-100005')?.name).toBe('another name');
    expect([of(before, 'vm-100006')?.host, of(after, 'vm-100006')?.host]).not.toEqual(['host-1002', 'host-1002']);
    expect(of(after, 'vm-100006')?.host).toBe('host-1002');
    expect(of(after, 'vm-100007')).toBeUndefined();
    expect(after.counts.vms).toEqual({ expected: 119, got: 119 });
    expect(rowsOfMap(after)).not.toEqual(rowsOfMap(before));
  });

  test('tells of a datastore that one host unmounted, and of one that was renamed', async () => {
    const mount = (map: LunMap) =>
      map.datastores.find(({ id }) => id === 'datastore-1000')?.hosts.find(({ host }) => host === 'host-1001');
    expect(mount(await read())?.mounted).toBe(true);
    const type = 'Datastore';
    await vcsim.change(
      { do: 'unmount', type, id: 'datastore-1000', host: 'host-1001' },
      { do: 'set', type, id: 'datastore-1001', path: 'name', text: 'renamed' },
    );
    const after = await read();
    await expectTruth(after);
    expect(mount(after)?.mounted).toBe(false);
    expect(after.datastores.find(({ id }) => id === 'datastore-1001')?.name).toBe('renamed');
  });

  test('a datastore that nobody tells of is read again when its size or reach moves', async () => {
    const [, , , { id } = { id: '' }] = (await read()).datastores;
    let shrunk = false;
    // As if an extent had been taken away, of which vSphere sends no word.
    const act = rewrite((xml) =>
      shrunk
        ? xml.replaceAll(new RegExp(`<objects><obj type="Datastore">${id}</obj>.*?</objects>`, 'gs'), (one) =>
            one.replaceAll(/(<name>summary.capacity<\/name><val[^>]*>)\d+/g, '$14711'),
          )
        : xml,
    );
    await behind([{ method: 'RetrievePropertiesEx', act }]);
    await read();
    shrunk = true;
    const map = await read();
    expect(map.datastores.find((one) => one.id === id)?.capacityBytes).toBe('4711');
    expect(proxy?.seen.get('Login')).toBe(1);
  });

  test('a datastore that the poll leaves out is read again', async () => {
    const [, , , { id } = { id: '' }] = (await read()).datastores;
    let isLeftOut = false;
    const act = rewrite((xml) =>
      isLeftOut
        ? xml.replaceAll(new RegExp(`<objects><obj type="Datastore">${id}</obj>.*?</objects>`, 'gs'), (one) =>
            one.includes('<name>info</name>')
              ? one.replaceAll(/(<name>summary.capacity<\/name><val[^>]*>)\d+/g, '$14711')
              : '',
          )
        : xml,
    );
    await behind([{ method: 'RetrievePropertiesEx', act }]);
    await read();
    isLeftOut = true;
    const map = await read();
    expect(map.datastores.find((one) => one.id === id)?.capacityBytes).toBe('4711');
    expect(proxy?.seen.get('Login')).toBe(1);
  });

  test('tells of a VM that became a template, whatever its version says', async () => {
    await read();
    const type = 'VirtualMachine';
    await vcsim.change({ do: 'set', type, id: 'vm-100004', path: 'config.template', flag: true });
    const after = await read();
    expect(after.vms.find(({ id }) => id === 'vm-100004')?.isTemplate).toBe(true);
    await expectTruth(after);
  });

  test('a session that ended in between costs a full reading and no row', async () => {
    await behind([]);
    await read();
    await terminateSessions(vcsim.url);
    await destroy('vm-100007');
    await expectTruth(await read());
    expect(proxy?.seen.get('Login')).toBe(2);
  });

  const collectorFault =
    (kind: string): Fault['act'] =>
    ({ response }) => {
      const fault = `<soapenv:Fault><detail><${kind}Fault xmlns:xsi="x" xsi:type="${kind}"/></detail></soapenv:Fault>`;
      response.writeHead(500, { 'content-type': 'text/xml' });
      response.end(`<soapenv:Envelope xmlns:soapenv="e"><soapenv:Body>${fault}</soapenv:Body></soapenv:Envelope>`);
    };

  test('a version that the vCenter does not know any more costs a full reading', async () => {
    // The simulator takes any version for a good one; a vCenter does not.
    await behind([{ method: 'WaitForUpdatesEx', nth: 4, act: collectorFault('InvalidCollectorVersion') }]);
    await read();
    const calls = proxy?.seen.get('WaitForUpdatesEx') ?? 0;
    expect(calls).toBe(3);
    await destroy('vm-100007');
    await expectTruth(await read());
    expect(proxy?.seen.get('Login')).toBe(2);
  });

  test('a vCenter that does not let it watch is read in full each time, and no session stays', async () => {
    await behind([{ method: 'CreateFilter', act: collectorFault('NoPermission') }]);
    await expectTruth(await read());
    expect(await openSessions(vcsim.url)).toBe(0);
    await expectTruth(await read());
    expect(proxy?.seen.get('Login')).toBe(2);
  });

  test('an answer that breaks off in the middle of the changes is no map: all is read again', async () => {
    await behind([{ method: 'WaitForUpdatesEx', nth: 4, act: ({ request }) => void request.socket.destroy() }]);
    await read();
    await touch('vm-100003');
    await expectTruth(await read());
  });

  test('an object without rights is a gap in every map, and asked for every time', async () => {
    const act = refuseProperties((kind, id) => kind === 'VirtualMachine' && id === 'vm-100009');
    await behind(['RetrievePropertiesEx', 'ContinueRetrievePropertiesEx'].map((method) => ({ method, act })));
    for (const _ of [1, 2, 3]) {
      const map = await read();
      expect(map.complete).toBe(false);
      expect(map.gaps[0]?.object).toBe('VirtualMachine:vm-100009');
    }
    expect(proxy?.seen.get('Login')).toBe(1);
  });

  test('a VM that was made or deleted is seen even if nobody tells of it', async () => {
    // The first calls, which fill the standing picture, pass.
    const silent = rewrite((xml) => xml.replaceAll(/<filterSet>.*?<\/filterSet>/gs, ''));
    await behind([4, 5, 6, 7].map((nth) => ({ method: 'WaitForUpdatesEx', nth, act: silent })));
    await read();
    await destroy('vm-100007');
    expect((await read()).vms.some(({ id }) => id === 'vm-100007')).toBe(false);
    expect(proxy?.seen.get('Login')).toBe(1);
  });

  test('everything is read anew when the last full reading is too old, and for another account', async () => {
    await behind([]);
    await read();
    await read({ now: () => new Date(Date.now() + 7 * hour) });
    expect(proxy?.seen.get('Login')).toBe(2);
    await expect(read({ password: 'another' })).rejects.toMatchObject({ code: 'vcenter_login_refused' });
    expect(await openSessions(vcsim.url)).toBe(0);
  });

  test('holds one session between readings, and none after it is closed or a reading with details', async () => {
    await read();
    expect(await openSessions(vcsim.url)).toBe(1);
    await read();
    expect(await openSessions(vcsim.url)).toBe(1);
    expect((await read({ details: true })).details).toBeDefined();
    expect(await openSessions(vcsim.url)).toBe(0);
    await read();
    await watch.close();
    expect(await openSessions(vcsim.url)).toBe(0);
  });

  test('a reading that the caller stops leaves no session', async () => {
    await read();
    await expect(read({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'vcenter_aborted' });
    expect(await openSessions(vcsim.url)).toBe(0);
  });
});
