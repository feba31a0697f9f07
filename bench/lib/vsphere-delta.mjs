// P7: what a reading costs when ten VMs changed, in bytes from the vCenter and in rows written to PostgreSQL.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rowsOfMap } from '@lunwarden/sample-fleet';
import { Store } from '@lunwarden/store';
import { collectLunMap, VcenterWatch } from '@lunwarden/vsphere';
import { startPostgres } from '../../apps/cli/dist/postgres/start-postgres.js';

const changedVms = 10;
const hours = 3_600_000;

/** @returns the cost of a full reading and of one after ten VMs changed; throws when they do not tell the same. */
export async function delta(simulator, [username, password]) {
  const folder = await mkdtemp(join(tmpdir(), 'lunwarden-bench-'));
  const postgres = await startPostgres({ directory: join(folder, 'postgres'), isDurable: true });
  const store = await Store.open({ url: postgres.url('postgres'), allowUnsafe: true });
  const watch = new VcenterWatch(6 * hours);
  const options = { url: new URL(simulator.url).origin, username, password, trust: { kind: 'loopback' } };
  try {
    const vcenterId = await anyVcenter(store);
    const measured = async (collect, more) => {
      let bytes = 0;
      const onTraffic = (all) => {
        bytes = all;
      };
      const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
      const map = await collect({ ...options, now: () => new Date(), onTraffic, ...more });
      const { user, system } = process.cpuUsage(cpu);
      const cost = { bytes, wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
      if (!map.complete) throw new Error('a map has gaps: the comparison would be void');
      return { ...cost, map };
    };
    const write = async ({ map, ...cost }) => {
      const { rowsWritten } = await store.inTransaction((tx) => tx.maps.replace(vcenterId, map));
      return { ...cost, rowsWritten, map };
    };
    const full = await write(await measured(collectLunMap, { details: true }));
    const light = await measured(collectLunMap);
    const opening = await measured((one) => watch.collect(one));
    const idle = await write(await measured((one) => watch.collect(one)));
    await simulator.change(changesOf(full.map.vms));
    const changed = await write(await measured((one) => watch.collect(one)));
    const truth = await measured(collectLunMap);
    if (JSON.stringify(rowsOfMap(changed.map)) !== JSON.stringify(rowsOfMap(truth.map)) || !sameVms(changed, truth))
      throw new Error('what was told of the changes is not what a full reading finds');
    return Object.fromEntries(
      Object.entries({ full, light, opening, idle, changed }).map(([name, { map: _map, ...cost }]) => [
        name,
        rounded(cost),
      ]),
    );
  } finally {
    await watch.close();
    await store.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const rounded = (cost) => Object.fromEntries(Object.entries(cost).map(([name, value]) => [name, Math.round(value)]));

const sameVms = (one, other) => {
  const text = ({ map }) => JSON.stringify([...map.vms].sort((a, b) => (a.id < b.id ? -1 : 1)));
  return text(one) === text(other);
};

/** Half are another version, half live on another host. */
const changesOf = (vms) =>
  vms.slice(0, changedVms).map(({ id }, at) => ({
    do: 'set',
    type: 'VirtualMachine',
    id,
    ...(at % 2 === 0
      ? { path: 'config.changeVersion', text: `bench ${at}` }
      : { path: 'runtime.host', text: 'HostSystem', ref: vms[changedVms].host }),
  }));

async function anyVcenter(store) {
  const id = randomUUID();
  const secret = { keyId: 'bench', wrappedKey: Buffer.of(1), sealed: Buffer.of(2) };
  const trust = { kind: 'system' };
  await store.read.vcenters.add({ id, name: 'bench', url: 'https://bench', username: 'bench', trust, secret });
  return id;
}
