import { makeVcenter } from './estate/make-vcenter.js';
import { withProxyVms } from './estate/proxy-vms.js';
import type { SampleVcenter } from './estate/vcenter.js';
import { withBackupServers } from './proxies/backup-servers.js';
import { dealFlaws } from './proxies/deal-flaws.js';
import { makeHost } from './proxies/make-host.js';
import type { SampleHost } from './proxies/sample-host.js';

export type FleetOrder = {
  seed: number;
  /** When the fleet is as it was made, ISO 8601 in UTC; every date in it counts from here. */
  asOf: string;
  /** Number of proxies. */
  hosts?: number;
  vcenters?: number;
};

/** A fleet at one step of its life. Steps come from `evolve`. */
export type SampleFleet = {
  seed: number;
  asOf: string;
  step: number;
  vcenters: readonly SampleVcenter[];
  hosts: readonly SampleHost[];
  /** Host name of the 2008 R2 proxy whose Service Pack was refused. */
  seedHost: string;
};

// A zone of about fifteen LUNs serves about a dozen proxies; each vCenter has at least four clusters.
const proxiesPerCluster = 12;

/** One seed, one fleet: the same order gives the same fleet, byte for byte. */
export function sampleFleet({ seed, asOf, hosts = 142, vcenters = 3 }: FleetOrder): SampleFleet {
  const clusters = Math.max(4, Math.ceil(hosts / vcenters / proxiesPerCluster));
  const estates = Array.from({ length: vcenters }, (_, at) => makeVcenter(seed, at, clusters));
  // The seventh proxy of the first site, or the first one where there are not seven.
  const seedAt = hosts > 6 * vcenters ? 6 * vcenters : 0;
  const made = Array.from({ length: hosts }, (_, at) => {
    const vcenter = at % vcenters;
    const place = { seed, asOf, vcenter, number: Math.floor(at / vcenters) + 1, isSeed: at === seedAt };
    return estates[vcenter] === undefined ? [] : [makeHost(estates[vcenter], place)];
  }).flat();
  const seedHost = made[seedAt]?.hostname ?? '';
  return {
    seed,
    asOf,
    step: 0,
    vcenters: estates.map((estate, at) =>
      withProxyVms(
        estate,
        made.filter((host) => host.vcenter === at),
      ),
    ),
    hosts: withBackupServers(dealFlaws(made, seed, seedHost), estates),
    seedHost,
  };
}
