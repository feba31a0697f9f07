import type { Known, WindowsFacts } from '@lunwarden/contract';
import { commonFacts, denied } from './common-facts.js';
import { hasFlaw, presentedLuns, type SampleHost } from './sample-host.js';
import type { WindowsSystem } from './systems.js';
import { historyOf, pendingOnWindows } from './updates.js';
import { windowsDisks } from './windows-disks.js';

export function windowsFacts(host: SampleHost, system: WindowsSystem): WindowsFacts {
  const history = historyOf(host, system);
  const isDenied = hasFlaw(host, 'access-denied');
  const guard = <T>(value: T): Known<T> => (isDenied ? denied('Access is denied. (0x80070005)') : { value });
  return {
    platform: 'windows',
    ...commonFacts(host, pendingOnWindows(host, system)),
    os: {
      value: {
        caption: system.caption,
        version: system.version,
        // A monthly update moves the revision by a few hundred.
        ubr: system.ubr === null ? null : system.ubr - host.monthsBehind * 300,
        edition: system.edition,
        productType: system.productType,
      },
    },
    sanPolicy: guard(hasFlaw(host, 'online-all') ? 'OnlineAll' : host.seed % 3 === 0 ? 'OfflineAll' : 'OfflineShared'),
    automount: guard(automountOf(host)),
    staleMountPoints: guard(hasFlaw(host, 'stale-mounts') ? 3 : 0),
    disks: guard(windowsDisks(host, system)),
    updateHistory: { value: history },
    installedUpdates: { value: history.filter((one) => one.result === 'succeeded').map((one) => one.id) },
    updatePolicy: {
      value: {
        noAutoUpdate: false,
        auOptions: hasFlaw(host, 'auto-install') ? 4 : 3,
        scheduledInstallDay: hasFlaw(host, 'auto-install') ? 0 : null,
        scheduledInstallHour: hasFlaw(host, 'auto-install') ? 3 : null,
        alwaysAutoReboot: hasFlaw(host, 'auto-install') ? true : null,
        usesWsus: true,
      },
    },
    bootSpace: bootSpaceOf(host, system),
    // A third is under Group Policy; of the rest nobody can tell what else sets its guards.
    ...(host.seed % 3 === 1 ? { guardEnforcement: { value: ['group-policy' as const] } } : {}),
  };
}

/** Backup products switch automount off where they attach disks; on a Network proxy it stays as Windows ships it. */
function automountOf(host: SampleHost): 'enabled' | 'disabled' {
  const shipped = host.mode === 'network' && presentedLuns(host).length === 0 && host.seed % 2 === 0;
  return hasFlaw(host, 'automount-on') || shipped ? 'enabled' : 'disabled';
}

function bootSpaceOf(host: SampleHost, system: WindowsSystem): WindowsFacts['bootSpace'] {
  if (system.version === '6.1.7600') {
    return { value: { systemPartitionFreeMb: 71, recoveryPartitionFreeMb: null, winReEnabled: false } };
  }
  const isCramped = hasFlaw(host, 'trap-failed') || hasFlaw(host, 'trap-pending');
  const recoveryPartitionFreeMb = isCramped ? 87 : 310;
  return { value: { systemPartitionFreeMb: 68, recoveryPartitionFreeMb, winReEnabled: true } };
}
