import { randomUUID } from 'node:crypto';
import { Store } from '../../libs/store/dist/index.js';
import { naaOf } from './reports.mjs';

const instance = 'bench-instance';
const whole = (got) => ({ expected: got, got });

const datastoreAt = (at) => ({
  id: `datastore-${at}`,
  name: `ds-${at}`,
  path: `/dc/ds-${at}`,
  type: 'VMFS',
  vmfsUuid: `vmfs-${at}`,
  url: null,
  capacityBytes: '1000000',
  freeBytes: '1',
  accessible: true,
  extents: [{ diskName: `naa.${naaOf(at)}`, partition: 1, keys: [`naa:${naaOf(at)}`] }],
  hosts: [`host-${at % 100}`, `host-${(at + 1) % 100}`].map((host) => ({ host, mounted: true, accessible: true })),
});
const esxiAt = (at) => ({
  id: `host-${at}`,
  name: `esx-${at}`,
  cluster: `cluster-${at % 10}`,
  datacenter: 'dc',
  connectionState: 'connected',
  inMaintenanceMode: false,
  version: '8.0.3',
  build: '24022510',
  hardwareUuid: null,
});
const vmOn = (id, datastores) => ({
  id,
  name: `name-of-${id}`,
  host: `host-${id.length % 100}`,
  datastores,
  instanceUuid: null,
  biosUuid: null,
  isTemplate: false,
  changeVersion: '1',
});

/** One LUN a datastore, so many VMs on each, every tenth on the next one, too; and one VM more on every `nth`. */
export function mapOf({ luns, vmsEach, nth }) {
  const vms = Array.from({ length: luns * vmsEach }, (_, vm) => {
    const at = Math.floor(vm / vmsEach);
    const next = vm % 10 === 0 && at + 1 < luns ? [`datastore-${at + 1}`] : [];
    return vmOn(`vm-${vm}`, [`datastore-${at}`, ...next]);
  });
  for (let at = 0; nth !== null && at < luns; at += nth) vms.push(vmOn(`vm-new-${at}`, [`datastore-${at}`]));
  const datastores = Array.from({ length: luns }, (_, at) => datastoreAt(at));
  const hosts = Array.from({ length: 100 }, (_, at) => esxiAt(at));
  return {
    ...{ vcenterUuid: instance, apiVersion: '8.0.3.0', build: '1', durationMs: 1, complete: true, gaps: [] },
    collectedAt: new Date().toISOString(),
    counts: { datastores: whole(luns), hosts: whole(hosts.length), vms: whole(vms.length) },
    ...{ datastores, hosts, vms, snapshots: [], needConsolidation: [] },
  };
}

/** Puts maps in force as another replica does: the API that is watched only hears of them. */
export async function openMapWriter(databaseUrl) {
  const store = await Store.open({ url: databaseUrl });
  const vcenterId = randomUUID();
  let isFirst = true;
  return {
    close: () => store.close(),
    /** @returns how many LUNs mean something else now */
    put: (map) =>
      store.inTransaction(async (tx) => {
        if (isFirst) await tx.imports.add(vcenterId, 'bench', instance);
        const { changedLunKeys, changedHostIds } = await tx.maps.replace(vcenterId, map);
        const kind = isFirst ? 'first-map' : 'map';
        isFirst = false;
        await tx.mapChanges.note({ vcenterId, kind, lunKeys: changedLunKeys, hostIds: changedHostIds });
        return changedLunKeys.length;
      }),
  };
}
