import type { WindowsDisk, WindowsPartition } from '@lunwarden/contract';
import type { SampleLun } from '../estate/lun.js';
import { type Random, randomOf } from '../random.js';
import { vmfsDisk, vmfsGptType, windowsBootDisk, windowsDataGptType } from '../story/disks.js';
import { hasFlaw, presentedLuns, type SampleHost } from './sample-host.js';
import type { WindowsSystem } from './systems.js';

const efiSystem = 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b';
const recovery = 'de94bba4-06d1-4d40-a16a-bfd50179d6ac';
// MSFT_Disk.BusType
const busTypes = { 'fibre-channel': 6, iscsi: 9, nvme: 17, raid: 8, sas: 10 } as const;
const policyOffline = 1;

/** Boot disk first, then every presented LUN in the state that the flaws left it in. */
export function windowsDisks(host: SampleHost, system: WindowsSystem): WindowsDisk[] {
  const random = randomOf(host.seed, 'disks');
  const own = [bootDisk(host, system, random), dataDisk(host, random)];
  return [...own, ...presentedLuns(host).map((lun, at) => lunDisk(host, lun, own.length + at))];
}

function bootDisk(host: SampleHost, system: WindowsSystem, random: Random): WindowsDisk {
  const isMbr = system.version === '6.1.7600';
  const partition = (number: number, gptType: string, sizeMb: number, accessPaths: string[]): WindowsPartition => ({
    number,
    gptType: isMbr ? null : gptType,
    mbrType: isMbr ? 7 : null,
    sizeBytes: String(sizeMb * 1_048_576),
    accessPaths,
  });
  const partitions = isMbr
    ? [partition(1, '', 100, []), partition(2, '', 285_000, ['C:\\'])]
    : [
        partition(1, efiSystem, 100, []),
        partition(2, windowsDataGptType, 285_000, ['C:\\']),
        partition(3, recovery, 620, []),
      ];
  return {
    ...ownDisk(host, random, { number: 0, isBoot: true, sizeGb: 279 }),
    partitionStyle: isMbr ? 'MBR' : 'GPT',
    partitions: { value: partitions },
  };
}

const dataDisk = (host: SampleHost, random: Random): WindowsDisk => ({
  ...ownDisk(host, random, { number: 1, isBoot: false, sizeGb: 894 }),
  partitions: {
    value: [
      { number: 1, gptType: windowsDataGptType, mbrType: null, sizeBytes: '959656755200', accessPaths: ['D:\\'] },
    ],
  },
});

function ownDisk(
  host: SampleHost,
  random: Random,
  { number, isBoot, sizeGb }: { number: number; isBoot: boolean; sizeGb: number },
): WindowsDisk {
  const { isVirtual } = host.machine;
  return windowsBootDisk({
    number,
    friendlyName: isVirtual ? 'VMware Virtual disk' : 'DELL PERC H755 Front',
    busType: isVirtual ? busTypes.sas : busTypes.raid,
    // vSphere gives each virtual disk an NAA of VMware's own prefix.
    uniqueId: `${isVirtual ? '6000C29' : '6F4EE08'}${random.hex(25).toUpperCase()}`,
    uniqueIdFormat: 3,
    serialNumber: random.hex(16),
    sizeBytes: String(sizeGb * 1_073_741_824),
    isBoot,
    isSystem: isBoot,
  });
}

function lunDisk(host: SampleHost, lun: SampleLun, number: number): WindowsDisk {
  const state = stateOf(host, lun);
  return vmfsDisk(number, lun.digits, {
    friendlyName: `${lun.array.vendor} ${lun.array.model}`,
    busType: busTypes[lun.array.bus],
    ...identityOf(host, lun),
    serialNumber: lun.serial,
    sizeBytes: String(lun.sizeBytes),
    isOffline: { value: state.isOffline },
    isReadOnly: { value: state.isReadOnly },
    offlineReason: state.isOffline ? policyOffline : null,
    partitionStyle: lun.use === 'spare' ? 'RAW' : 'GPT',
    partitions: { value: lun.use === 'spare' ? [] : [lunPartition(lun, state.mount)] },
  });
}

const lunPartition = (lun: SampleLun, mount: string | null): WindowsPartition => ({
  number: 1,
  gptType: lun.use === 'vmfs' ? vmfsGptType : windowsDataGptType,
  mbrType: null,
  sizeBytes: String(lun.sizeBytes - 2_097_152n),
  accessPaths: mount === null ? [] : [mount],
});

/** One LUN in eight is touched by a flaw of its state, and always the first of the zone. */
function stateOf(host: SampleHost, lun: SampleLun): { isOffline: boolean; isReadOnly: boolean; mount: string | null } {
  const touched = lun === host.zone[0] || lun.number % 8 === 3;
  const isMounted = touched && hasFlaw(host, 'lun-mounted');
  const isOnline = touched && (hasFlaw(host, 'lun-online') || hasFlaw(host, 'lun-online-read-only') || isMounted);
  const isWritable = touched && (hasFlaw(host, 'lun-online') || hasFlaw(host, 'lun-writable') || isMounted);
  return { isOffline: !isOnline, isReadOnly: !isWritable, mount: isMounted ? 'F:\\' : null };
}

/** What Windows and the registry say of a LUN; 2008 R2 has no MSFT_Disk, so only the page is there. */
function identityOf(host: SampleHost, lun: SampleLun): Pick<WindowsDisk, 'uniqueId' | 'uniqueIdFormat' | 'vpd83'> {
  const isOld = host.system.platform === 'windows' && host.system.version === '6.1.7600';
  const spelled = { 1: `${lun.array.vendor} ${lun.serial}`, 3: lun.digits.toUpperCase(), 8: lun.canonicalName };
  return {
    uniqueId: isOld ? null : spelled[lun.array.uniqueIdFormat],
    uniqueIdFormat: isOld ? null : lun.array.uniqueIdFormat,
    vpd83: lun.array.bus === 'nvme' ? null : vpdPage(lun),
  };
}

/** SPC-5 7.8.6: one NAA designator of 16 bytes for the logical unit. */
const vpdPage = (lun: SampleLun): string => `0083001401030010${lun.digits}`;
