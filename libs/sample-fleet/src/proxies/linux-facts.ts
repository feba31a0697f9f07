import type { Known, LinuxDisk, LinuxFacts } from '@lunwarden/contract';
import type { SampleLun } from '../estate/lun.js';
import { randomOf } from '../random.js';
import { linuxBootDisk, linuxVmfsDisk, vmfsGptType } from '../story/disks.js';
import { commonFacts, denied } from './common-facts.js';
import { hasFlaw, presentedLuns, type SampleHost } from './sample-host.js';
import type { LinuxSystem } from './systems.js';
import { pendingOnLinux } from './updates.js';

const linuxData = '0fc63daf-8483-4772-8e79-3d69d8477de4';

export function linuxFacts(host: SampleHost, system: LinuxSystem): LinuxFacts {
  const { id, versionId, name, kernel } = system;
  const isDenied = hasFlaw(host, 'access-denied');
  const guard = <T>(value: T): Known<T> => (isDenied ? denied('sudo: a password is required') : { value });
  const seesLuns = presentedLuns(host).length > 0;
  return {
    platform: 'linux',
    ...commonFacts(host, pendingOnLinux(host)),
    os: { value: { id, versionId, name, kernel } },
    disks: guard(linuxDisks(host)),
    lvmGuard: guard(
      hasFlaw(host, 'lvm-unguarded') ? 'none' : id === 'rhel' || id === 'rocky' ? 'devices-file' : 'filter',
    ),
    foreignVolumeGroups: guard(hasFlaw(host, 'foreign-volumes') ? ['vg_oradata'] : []),
    multipath: { value: hasFlaw(host, 'no-multipath') ? 'not-installed' : seesLuns ? 'active' : 'inactive' },
  };
}

function linuxDisks(host: SampleHost): LinuxDisk[] {
  const isMultipath = !hasFlaw(host, 'no-multipath');
  return [bootDisk(host), ...presentedLuns(host).map((lun, at) => lunDisk(lun, at, isMultipath))];
}

function bootDisk(host: SampleHost): LinuxDisk {
  const random = randomOf(host.seed, 'disks');
  const wwid = `${host.machine.isVirtual ? '6000c29' : '6f4ee08'}${random.hex(25)}`;
  return linuxBootDisk({
    transport: host.machine.isVirtual ? null : 'sas',
    ids: [`wwn-0x${wwid}`, `scsi-3${wwid}`],
    serialNumber: random.hex(16),
  });
}

function lunDisk(lun: SampleLun, at: number, isMultipath: boolean): LinuxDisk {
  const isNvme = lun.array.bus === 'nvme';
  // Native NVMe multipathing has no device-mapper map: one block device stands for all paths.
  const name = isNvme ? `nvme${at + 1}n1` : isMultipath ? `mpath${letters(at)}` : `sd${letters(at + 1)}`;
  return linuxVmfsDisk(at + 1, lun.digits, {
    name,
    transport: isNvme ? 'nvme' : lun.array.bus === 'iscsi' ? 'iscsi' : 'fc',
    ids: isNvme ? [`nvme-${lun.canonicalName}`] : [`scsi-3${lun.digits}`, `wwn-0x${lun.digits}`],
    serialNumber: lun.serial,
    sizeBytes: String(lun.sizeBytes),
    // Arrays present these read-only to Linux proxies; every fifth was forgotten.
    readOnly: { value: lun.number % 5 !== 0 },
    multipath: isMultipath && !isNvme ? name : null,
    partitions: { value: lun.use === 'spare' ? [] : [lunPartition(lun, isNvme ? `${name}p1` : `${name}1`)] },
  });
}

const lunPartition = (lun: SampleLun, name: string) => ({
  name,
  partType: lun.use === 'vmfs' ? vmfsGptType : linuxData,
  fsType: lun.use === 'vmfs' ? 'VMFS_volume_member' : 'LVM2_member',
  mountPoints: [],
});

/** a … z, aa, ab, … as the kernel and multipath count. */
const letters = (at: number): string =>
  (at < 26 ? '' : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(97 + (at % 26));
