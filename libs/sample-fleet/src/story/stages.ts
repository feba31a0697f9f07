import type { PendingUpdate, UpdateAttempt, WindowsDisk, WindowsFacts } from '@lunwarden/contract';
import { vmfsDisk, windowsBootDisk } from './disks.js';
import { daysBefore, windowsFacts } from './facts.js';
import { storySize } from './map.js';

/**
 * The case this project grew from: Service Pack 1 fails on a 2008 R2 Standard proxy with 0x800f0a12, because automount
 * is off and the System Reserved partition has no volume to write to. The fix that everyone finds first turns automount
 * on for every disk, the production LUNs included.
 */
export const storyStages = ['service-pack-failed', 'popular-fix', 'targeted-fix'] as const;
export type StoryStage = (typeof storyStages)[number];

/** What the proxy reports at each stage. Worst is `popular-fix`, best is `targeted-fix`. */
export function storyFacts(stage: StoryStage): WindowsFacts {
  switch (stage) {
    case 'service-pack-failed':
      return proxy({ history: [failedServicePack] });
    case 'popular-fix':
      return {
        ...proxy({ history: [failedServicePack], lun: { isOffline: { value: false }, isReadOnly: { value: false } } }),
        automount: { value: 'enabled' },
        pendingReboot: { value: ['CBS RebootPending'] },
      };
    case 'targeted-fix':
      return {
        ...proxy({ history: [installedServicePack, failedServicePack] }),
        os: serverOs('6.1.7601'),
        pendingUpdates: { value: [explorerUpdate] },
        lastUpdateSuccessAt: { value: daysBefore(0) },
        pendingReboot: { value: ['CBS RebootPending'] },
      };
  }
}

const serverOs = (version: string): WindowsFacts['os'] => ({
  value: {
    caption: 'Microsoft Windows Server 2008 R2 Standard',
    version,
    ubr: null,
    edition: 'ServerStandard',
    productType: 'server',
  },
});

const servicePackTitle = 'Windows Server 2008 R2 Service Pack 1 x64 Edition (KB976932)';

const failedServicePack: UpdateAttempt = {
  id: 'KB976932',
  title: servicePackTitle,
  at: daysBefore(1),
  result: 'failed',
  hresult: '0x800f0a12',
};

const installedServicePack: UpdateAttempt = {
  ...failedServicePack,
  at: daysBefore(0),
  result: 'succeeded',
  hresult: null,
};

const servicePack: PendingUpdate = {
  id: 'KB976932',
  title: servicePackTitle,
  severity: 'unspecified',
  categories: ['Service Packs', 'Windows Server 2008 R2'],
  cves: [],
  needsReboot: true,
};

const explorerUpdate: PendingUpdate = {
  id: 'KB2817183',
  title: 'Cumulative Security Update for Internet Explorer 8 for Windows Server 2008 R2 x64 Edition (KB2817183)',
  severity: 'critical',
  categories: ['Security Updates', 'Windows Server 2008 R2'],
  cves: ['CVE-2013-1303', 'CVE-2013-1304'],
  needsReboot: true,
};

/** The 2008 R2 Standard default is OnlineAll: nobody chose it, and nobody looked. */
function proxy(stage: { history: UpdateAttempt[]; lun?: Partial<WindowsDisk> }): WindowsFacts {
  return windowsFacts({
    hostname: 'vbr-proxy-2008',
    os: serverOs('6.1.7600'),
    transport: {
      value: {
        configured: 'direct-san',
        directKind: 'san',
        allowFallback: true,
        product: 'Veeam Backup & Replication 6.5',
        source: 'product',
      },
    },
    sanPolicy: { value: 'OnlineAll' },
    automount: { value: 'disabled' },
    staleMountPoints: { value: 3 },
    disks: {
      value: [
        windowsBootDisk({ friendlyName: 'PERC H700', partitionStyle: 'MBR', partitions: bootPartitions }),
        ...Array.from({ length: storySize.luns }, (_, index) =>
          vmfsDisk(index + 1, undefined, index === 0 ? stage.lun : undefined),
        ),
      ],
    },
    pendingUpdates: { value: [servicePack, explorerUpdate] },
    lastUpdateSuccessAt: { value: daysBefore(400) },
    updateHistory: { value: stage.history },
    bootSpace: { value: { systemPartitionFreeMb: 68, recoveryPartitionFreeMb: null, winReEnabled: null } },
  });
}

/** The System Reserved partition without a letter is what Service Pack 1 trips over. */
const bootPartitions: WindowsDisk['partitions'] = {
  value: [
    { number: 1, gptType: null, mbrType: 7, sizeBytes: '104857600', accessPaths: [] },
    { number: 2, gptType: null, mbrType: 7, sizeBytes: '299332796416', accessPaths: ['C:\\'] },
  ],
};
