import type { TransportMode } from '@lunwarden/contract';
import { clustersOf, type SampleCluster, type SampleVcenter } from '../estate/vcenter.js';
import { type Random, randomOf } from '../random.js';
import { daysBefore } from '../story/facts.js';
import type { SampleHost } from './sample-host.js';
import { pickSystem, seedSystem } from './systems.js';

/** With two disks of its own and two strangers a proxy shows at most 38. */
const zoneLimit = 34;

type Place = { seed: number; asOf: string; vcenter: number; number: number; isSeed: boolean };

/** A well-kept proxy in its place; flaws are dealt afterwards. */
export function makeHost(estate: SampleVcenter, { seed, asOf, vcenter, number, isSeed }: Place): SampleHost {
  const random = randomOf(seed, 'host', vcenter, number);
  const mode = isSeed ? 'direct-san' : pickMode(random);
  const isVirtual = mode === 'virtual-appliance' || (mode === 'network' && random.chance(50));
  const clusters = clustersIn(estate, random, isSeed);
  return {
    hostname: `${estate.site}-pxy-${String(number).padStart(2, '0')}`,
    installId: random.uuid(),
    seed: random.between(0, 0x7fffffff),
    vcenter,
    system: isSeed ? seedSystem : pickSystem(random),
    machine: machineOf(random, isVirtual),
    cluster: isVirtual ? (clusters[0]?.id ?? null) : null,
    roles: random.chance(12) ? ['proxy', 'repository'] : ['proxy'],
    mode,
    ...zoneOf(clusters, random, isSeed),
    flaws: [],
    isSilent: false,
    boots: 1,
    lastTaskAt: daysBefore(random.between(4, 12) / 24, asOf),
    patchedAt: daysBefore(random.between(3, 24) + random.between(0, 23) / 24, asOf),
    // Some wait for their window with this month's update.
    monthsBehind: random.chance(12) ? 1 : 0,
  };
}

function pickMode(random: Random): TransportMode {
  const at = random.between(1, 100);
  return at <= 33 ? 'direct-san' : at <= 87 ? 'virtual-appliance' : 'network';
}

/** One or two clusters of one datacenter: a fabric's zones end there. NVMe, newer than 2008 R2, is never in the first. */
function clustersIn(estate: SampleVcenter, random: Random, inFirst: boolean): SampleCluster[] {
  const datacenter = estate.datacenters[inFirst ? 0 : random.between(0, estate.datacenters.length - 1)];
  const clusters = datacenter?.clusters ?? clustersOf(estate);
  return random.some(clusters, random.chance(45) ? 2 : 1);
}

/** Half of the zones are narrow: the datastores that the proxy's own jobs read. */
function zoneOf(
  clusters: readonly SampleCluster[],
  random: Random,
  isWide: boolean,
): Pick<SampleHost, 'zone' | 'strangers'> {
  const luns = clusters.flatMap((cluster) => cluster.luns);
  const vmfs = luns.filter((lun) => lun.use === 'vmfs');
  const isNarrow = random.chance(50) && !isWide;
  return {
    zone: isNarrow ? random.some(vmfs, random.between(3, 9)) : vmfs.slice(0, zoneLimit),
    strangers: luns.filter((lun) => lun.use !== 'vmfs').slice(0, 2),
  };
}

function machineOf(random: Random, isVirtual: boolean): SampleHost['machine'] {
  const biosUuid = random.uuid();
  if (isVirtual) return { isVirtual, vendor: 'VMware, Inc.', model: 'VMware20,1', biosUuid };
  const [vendor, model] = random.pick(servers);
  return { isVirtual, vendor, model, biosUuid };
}

const servers: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['Dell Inc.', 'PowerEdge R760'],
  ['Dell Inc.', 'PowerEdge R650'],
  ['HPE', 'ProLiant DL380 Gen10 Plus'],
  ['Lenovo', 'ThinkSystem SR650 V3'],
];
