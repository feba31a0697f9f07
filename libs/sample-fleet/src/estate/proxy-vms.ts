import type { MapVm } from '@lunwarden/contract';
import type { SampleHost } from '../proxies/sample-host.js';
import { randomOf } from '../random.js';
import type { SampleCluster, SampleVcenter } from './vcenter.js';

/** The vCenter with its virtual proxies among its VMs, each on the first datastore of its cluster. */
export function withProxyVms(vcenter: SampleVcenter, proxies: readonly SampleHost[]): SampleVcenter {
  const inside = (cluster: SampleCluster) => proxies.filter((proxy) => proxy.cluster === cluster.id);
  return {
    ...vcenter,
    datacenters: vcenter.datacenters.map((datacenter) => ({
      ...datacenter,
      clusters: datacenter.clusters.map((cluster) => withVms(cluster, inside(cluster))),
    })),
  };
}

const withVms = (cluster: SampleCluster, proxies: readonly SampleHost[]): SampleCluster => ({
  ...cluster,
  vms: [...cluster.vms, ...proxies.map((proxy, at) => vmOf(cluster, proxy, at))],
});

const vmOf = (cluster: SampleCluster, proxy: SampleHost, at: number): MapVm => ({
  // Above the numbers of the cluster's other VMs.
  id: `vm-9${cluster.id.replace(/\D/g, '')}${String(at).padStart(3, '0')}`,
  name: proxy.hostname,
  host: cluster.hosts[at % cluster.hosts.length]?.id ?? null,
  datastores: cluster.datastores.slice(0, 1).map((one) => one.map.id),
  instanceUuid: randomOf(proxy.seed, 'instance').uuid(),
  biosUuid: proxy.machine.biosUuid,
  isTemplate: false,
  changeVersion: '2026-11-01T04:12:09.123456Z',
});
