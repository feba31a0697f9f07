import { randomOf } from '../random.js';
import { makeCluster } from './make-cluster.js';
import { Numbering } from './numbering.js';
import type { SampleCluster, SampleDatacenter, SampleVcenter } from './vcenter.js';
import { siteName } from './workloads.js';

const clustersPerDatacenter = 2;

/** vCenter number `at` of the fleet, with two clusters in each datacenter. */
export function makeVcenter(seed: number, at: number, clusters: number): SampleVcenter {
  const random = randomOf(seed, 'vcenter', at);
  const site = siteName(at);
  const numbering = new Numbering();
  const datacenters: SampleDatacenter[] = [];
  for (let first = 0; first < clusters; first += clustersPerDatacenter) {
    const name = `${site.toUpperCase()}${datacenters.length + 1}`;
    const id = numbering.next('datacenter-');
    const count = Math.min(clustersPerDatacenter, clusters - first);
    const inside: SampleCluster[] = [];
    for (let n = 0; n < count; n++)
      inside.push(
        makeCluster({
          random: randomOf(seed, 'cluster', at, first + n),
          numbering,
          datacenter: name,
          at: n,
          array: at + first + n,
        }),
      );
    datacenters.push({ id, name, clusters: inside });
  }
  // The newest site has been upgraded already.
  const [apiVersion, version, build] =
    at % 3 === 2 ? ['9.0.0.0', '9.0.0', '24755230'] : ['8.0.3.0', '8.0.3', '24322831'];
  return {
    site,
    name: `vc-${site}.corp.example`,
    uuid: random.uuid(),
    apiVersion: apiVersion ?? '',
    version: version ?? '',
    build: build ?? '',
    datacenters,
  };
}
