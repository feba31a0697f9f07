import type { HostFacts } from '@lunwarden/contract';
import { windowsProduct, windowsRelease } from '@lunwarden/feeds';

/** Under this key stand hosts that are, or may be, a backup server. */
export const backupServerKey = 'veeam-builds';
/** Before a CVE: a host whose score leans on how likely it is exploited. */
export const likelihoodPrefix = 'epss|';

/** What a host is in the words of the feeds; null = nothing that they know. */
export type HostInFeeds = { product: string | null; release: string | null };

/** endoflife.date's names of what `ID` of os-release says. */
const linuxProducts: Readonly<Record<string, string>> = {
  rhel: 'rhel',
  rocky: 'rocky-linux',
  ol: 'oracle-linux',
  ubuntu: 'ubuntu',
  debian: 'debian',
  sles: 'sles',
};

export function hostInFeeds(facts: HostFacts): HostInFeeds {
  if ('unknown' in facts.os) return { product: null, release: null };
  if (facts.platform === 'linux') {
    const { id, versionId } = facts.os.value;
    const product = linuxProducts[id.toLowerCase()];
    // Releases are named `24.04` there, but `9` where the host says `9.6`.
    const cycle = ['ubuntu', 'sles'].includes(product ?? '') ? versionId : versionId.split('.')[0];
    return { product: null, release: product === undefined ? null : `${product}/${cycle}` };
  }
  const { version, productType } = facts.os.value;
  // No collector tells the architecture; servers since 2008 R2 come for x64 only.
  const windows = { version, isServer: productType !== 'workstation' };
  return { product: windowsProduct(windows), release: windowsRelease(windows) };
}

/** Whether an import about backup servers may concern this host: one whose roles nobody read may be one. */
export const mayBeBackupServer = ({ roles }: HostFacts): boolean =>
  'unknown' in roles || roles.value.includes('backup-server');
