import type { LunMap } from '@lunwarden/contract';
import { rowsOfMap, smallSan, trueRows, vcsimTruth } from '@lunwarden/sample-fleet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  after,
  answer,
  cut,
  type Fault,
  type FaultProxy,
  garbage,
  refuseProperties,
  reset,
  rewrite,
  startFaultProxy,
  status,
  truncate,
} from '../testing/fault-proxy.js';
import { optionsFor, skipNote } from '../testing/options.js';
import { openSessions, terminateSessions } from '../testing/sessions.js';
import { findVcsim, startVcsim, type Vcsim } from '../testing/vcsim.js';
import { collectLunMap, type VcenterOptions, VsphereError } from './index.js';

const program = await findVcsim();
if (program === null) console.warn(skipNote);

const truth = vcsimTruth(smallSan);

async function through<T>(url: string, faults: readonly Fault[], use: (proxy: FaultProxy) => Promise<T>): Promise<T> {
  const proxy = await startFaultProxy(url, faults);
  try {
    return await use(proxy);
  } finally {
    await proxy.stop();
  }
}
const collect = (url: string, faults: readonly Fault[], more: Partial<VcenterOptions> = {}) =>
  through(url, faults, (proxy) =>
    collectLunMap(optionsFor(proxy.url, { pageSize: 30, ...more })).catch((error: unknown) => error),
  );

describe.skipIf(program === null)('whatever goes wrong, wherever', () => {
  let vcsim: Vcsim;
  beforeAll(async () => {
    vcsim = await startVcsim(program ?? '', { order: smallSan });
  });
  afterAll(() => vcsim?.stop());

  const methods = [
    'Login',
    'CreateContainerView',
    'RetrievePropertiesEx',
    'ContinueRetrievePropertiesEx',
    'DestroyView',
  ];
  const acts: Record<string, Fault['act']> = {
    reset,
    cut,
    truncate,
    garbage,
    'HTTP 503': status(503),
    'an empty answer': rewrite((xml) => xml.replace(/<returnval>.*<\/returnval>/s, '')),
    'a session that ends': after(async () => void (await terminateSessions(vcsim.url))),
    'NotAuthenticated in good answers': refuseProperties(() => true, 'NotAuthenticated'),
    'NoPermission for all': refuseProperties(() => true),
  };

  test.each(Object.entries(acts))('%s: no partial map is called complete, and no session stays', async (_name, act) => {
    const whole = trueRows(smallSan).filter((row) => /^(type|extent|place)\t/.test(row));
    const wrong: string[] = [];
    let left = 0;
    for (const method of methods)
      for (const nth of [1, 3]) {
        const result = await collect(vcsim.url, [{ method, nth, act }], { timeouts: { restartMs: 1 } });
        left += await openSessions(vcsim.url);
        if (result instanceof VsphereError) continue;
        const map = result as LunMap;
        if (map.complete && rowsOfMap(map).join() !== whole.join()) wrong.push(`${method} ${nth}`);
      }
    expect({ wrong, left }).toEqual({ wrong: [], left: 0 });
  });

  test('a vCenter that sends a little at a time is read to its end', async () => {
    const drip: Fault['act'] = async ({ response, forward }) => {
      const given = await forward();
      response.writeHead(given.status, { 'content-type': 'text/xml', 'content-length': given.body.length });
      for (let at = 0; at < given.body.length; at += 4_096) {
        response.write(given.body.subarray(at, at + 4_096));
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      response.end();
    };
    const timeouts = { idleMs: 1_000, restartMs: 10 };
    const result = await collect(vcsim.url, [{ method: 'RetrievePropertiesEx', act: drip }], { timeouts });
    expect(result).toMatchObject({ complete: true, counts: { vms: { got: 120 } } });
  });

  test('one vCenter that hangs keeps no other one waiting', async () => {
    const hang = after(() => new Promise((resolve) => setTimeout(resolve, 6_000)));
    const startedAt = performance.now();
    const [stuck, well] = await Promise.all([
      collect(vcsim.url, [{ method: 'CreateContainerView', nth: 1, act: hang }], { deadlineMs: 2_000 }),
      collect(vcsim.url, []).then((map) => ({ map, ms: performance.now() - startedAt })),
    ]);
    expect(stuck).toMatchObject({ code: 'vcenter_deadline' });
    expect(well.map).toMatchObject({ complete: true });
    expect(well.ms).toBeLessThan(6_000);
  });

  test('datastores whose info is refused are a gap each; their hosts and VMs are there', async () => {
    const act: Fault['act'] = async (exchange) => {
      const given = await exchange.forward();
      const refused =
        '<missingSet><path>info</path><fault><fault xmlns:x="x" x:type="NoPermission"><privilegeId>System.Read</privilegeId></fault></fault></missingSet>';
      const hide = (object: string) => {
        if (!object.includes('<name>info</name>')) return object;
        return object
          .replace(/<propSet><name>info<\/name>.*?<\/val><\/propSet>/s, '')
          .replace('</objects>', `${refused}</objects>`);
      };
      const xml = given.body.toString().replaceAll(/<objects><obj type="Datastore">.*?<\/objects>/gs, hide);
      answer(exchange.response, given, Buffer.from(xml));
    };
    const map = (await collect(vcsim.url, [{ method: 'RetrievePropertiesEx', act }], { pageSize: 1000 })) as LunMap;
    expect(map.complete).toBe(false);
    expect(new Set(map.gaps.map(({ object, path }) => `${object} ${path}`)).size).toBe(truth.datastores.length);
    expect(map.datastores.every(({ extents, hosts }) => extents.length === 0 && hosts.length > 0)).toBe(true);
    expect(map.vms).toHaveLength(120);
  });

  test('a whole folder without rights is a gap for every property of every object in it', async () => {
    const act = refuseProperties((kind, id) => kind === 'VirtualMachine' && id < 'vm-100060');
    const map = (await collect(vcsim.url, [{ method: 'RetrievePropertiesEx', act }], { pageSize: 1000 })) as LunMap;
    const asked = new Set(
      map.gaps.filter(({ object }) => object === 'VirtualMachine:vm-100000').map(({ path }) => path),
    );
    expect(asked.size).toBeGreaterThan(5);
    expect(map.gaps).toHaveLength(60 * asked.size);
    expect(map.complete).toBe(false);
  });

  test('exactly one session is open while a collection runs that lost one', async () => {
    let during = -1;
    const faults: Fault[] = [
      { method: 'RetrievePropertiesEx', nth: 2, act: after(async () => void (await terminateSessions(vcsim.url))) },
      {
        method: 'RetrievePropertiesEx',
        nth: 8,
        act: after(async () => {
          during = await openSessions(vcsim.url);
        }),
      },
    ];
    expect(await collect(vcsim.url, faults)).toMatchObject({ complete: true });
    expect([during, await openSessions(vcsim.url)]).toEqual([1, 0]);
  });
});

describe.skipIf(program === null)('an inventory that changes while it is read', () => {
  let vcsim: Vcsim;
  beforeAll(async () => {
    vcsim = await startVcsim(program ?? '', { order: smallSan });
  });
  afterAll(() => vcsim?.stop());

  test('a VM that is unregistered before its devices are read is absent or whole, and no error', async () => {
    const id = 'vm-100010';
    const act = after(() => vcsim.change({ do: 'remove', type: 'VirtualMachine', id }));
    // The second page of VMs: some were read, their devices are asked for afterwards.
    const knownVms = new Map();
    const result = (await collect(vcsim.url, [{ method: 'ContinueRetrievePropertiesEx', nth: 2, act }], {
      details: true,
      knownVms,
    })) as LunMap;
    expect(result).toMatchObject({ complete: true, gaps: [] });
    expect(result.details?.rawMappings.some(({ vm }) => vm === id)).toBe(false);
  });

  test('a datastore that is removed between pages is no gap', async () => {
    // A vVol datastore, on which nobody lives, goes as its page is asked for.
    const id = truth.datastores.at(-1)?.id ?? '';
    let isGone = false;
    const act: Fault['act'] = async (exchange) => {
      const given = await exchange.forward();
      if (given.body.includes('<name>summary.type</name>') && !isGone) {
        isGone = true;
        await vcsim.change({ do: 'remove', type: 'Datastore', id });
      }
      answer(exchange.response, given);
    };
    const result = (await collect(vcsim.url, [{ method: 'RetrievePropertiesEx', act }])) as LunMap;
    expect(isGone).toBe(true);
    expect(result).toMatchObject({ gaps: [], complete: true });
  });
});
