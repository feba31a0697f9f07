import type { BackupProduct, ListedDatastore, ListedProxy } from '@lunwarden/contract';
import { clustersOf, type SampleVcenter } from '../estate/vcenter.js';
import { hasFlaw, modeOf, presentedLuns, type SampleHost } from './sample-host.js';

/** A backup server looks after about so many proxies of its site. */
const proxiesEach = 16;

/** Who sees more datastores than these was zoned for whatever may come, and reads whatever it is asked for. */
const narrow = 9;

/**
 * Makes one proxy of each group a backup server as well, which lists its group: a Windows host that sees no LUN. What it
 * lists is drawn from the proxies' own seeds, and stays as it is while the fleet lives.
 */
export function withBackupServers(hosts: readonly SampleHost[], estates: readonly SampleVcenter[]): SampleHost[] {
  const servers = new Map<SampleHost, BackupProduct>();
  for (const [place, estate] of estates.entries()) {
    const own = hosts.filter((host) => host.vcenter === place);
    for (let at = 0; at < own.length; at += proxiesEach) {
      const group = own.slice(at, at + proxiesEach);
      const server = group.find(isFitServer);
      if (server !== undefined) servers.set(server, productOf(group, estate, { isOld: place === 0 && at === 0 }));
    }
  }
  return hosts.map((host) => {
    const product = servers.get(host);
    return product === undefined ? host : { ...host, roles: [...host.roles, 'backup-server'], product };
  });
}

const isFitServer = (host: SampleHost): boolean =>
  host.system.platform === 'windows' && presentedLuns(host).length === 0 && host.flaws.length === 0 && !host.isSilent;

/** The oldest lacks fixes of last year, and a domain user may log on to it. */
const productOf = (
  group: readonly SampleHost[],
  estate: SampleVcenter,
  { isOld }: { isOld: boolean },
): BackupProduct => ({
  name: 'Veeam Backup & Replication',
  build: isOld ? '12.1.2.172' : '12.3.2.3617',
  patches: { value: [] },
  isDomainJoined: { value: isOld },
  // One proxy in thirty is known to nobody but itself.
  proxies: { value: group.filter(({ seed }) => seed % 30 !== 7).map((host) => listedProxy(host, estate)) },
});

function listedProxy(host: SampleHost, estate: SampleVcenter): ListedProxy {
  const { seed, hostname } = host;
  return {
    hostName: seed % 2 === 0 ? hostname.toUpperCase() : `${hostname}.${estate.site}.example`,
    isOnline: { value: seed % 19 !== 3 },
    isDisabled: { value: seed % 23 === 5 },
    isOutOfDate: { value: seed % 9 === 4 },
    encryptsNetwork: { value: modeOf(host) !== 'network' || seed % 4 !== 1 },
    selectsDatastores: { value: seed % 3 === 0 },
    neededDatastores: seed % 3 === 0 || host.zone.length > narrow ? { value: null } : neededBy(host, estate),
    sanRestores: { value: seed % 5 === 0 ? 2 : 0 },
    jobs: { value: { areEnabled: true, runningTasks: seed % 3 } },
  };
}

/** Jobs read what the zone shows, except a datastore that was moved to another proxy long ago. */
function neededBy(host: SampleHost, estate: SampleVcenter): ListedProxy['neededDatastores'] {
  if (hasFlaw(host, 'mode-unknown')) return { unknown: 'not_collected' };
  const zone = new Set(host.zone);
  const seen = clustersOf(estate)
    .flatMap(({ datastores }) => datastores)
    .filter(({ luns }) => luns.some((lun) => zone.has(lun)))
    .map(({ map: { id, name } }): ListedDatastore => ({ vcenter: estate.name, name, moref: id }));
  return { value: host.seed % 4 === 1 ? seen.slice(1) : seen };
}
