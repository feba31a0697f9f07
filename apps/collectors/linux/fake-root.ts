import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** One block device of a made-up machine, as sysfs and udev would show it. Sizes in bytes. */
export type FakeDevice = {
  name: string;
  /** `8:16`. */
  number: string;
  size?: number;
  readOnly?: boolean;
  /** Below /sys/devices: tells the transport. */
  at?: string;
  wwid?: string | Buffer;
  map?: { name: string | Buffer; uuid: string };
  slaves?: string[];
  holders?: string[];
  partitions?: { name: string; number: string; udev?: string[] | undefined }[];
  /** Lines of udev's record; none = udev has no record. */
  udev?: (string | Buffer)[] | undefined;
};

export type FakeMachine = { devices: FakeDevice[]; mounts?: string[]; files?: Record<string, string | Buffer> };

/** Builds /sys, /proc, /run and /etc of a machine in a new directory. */
export function fakeRoot({ devices, mounts = [], files = {} }: FakeMachine): string {
  const root = mkdtempSync(join(tmpdir(), 'lunwarden-root-'));
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  mkdirSync(join(root, 'run/udev/data'), { recursive: true });
  put('proc/self/mountinfo', mounts.map((line) => `${line}\n`).join(''));
  put('proc/swaps', 'Filename\tType\tSize\tUsed\tPriority\n');
  put('proc/sys/kernel/hostname', 'pxy-fake\n');
  put('etc/os-release', 'ID="rocky"\nVERSION_ID="9.4"\nPRETTY_NAME="Rocky Linux 9.4 (Blue Onyx)"\n');
  for (const device of devices) putDevice(root, put, device);
  for (const [path, content] of Object.entries(files)) put(path, content);
  return root;
}

function putDevice(root: string, put: (path: string, content: string | Buffer) => void, device: FakeDevice): void {
  const dir = `sys/block/${device.name}`;
  put(`${dir}/dev`, `${device.number}\n`);
  put(`${dir}/size`, `${(device.size ?? 0) / 512}\n`);
  put(`${dir}/ro`, device.readOnly ? '1\n' : '0\n');
  if (device.at !== undefined) {
    mkdirSync(join(root, 'sys/devices', device.at), { recursive: true });
    symlinkSync(join(root, 'sys/devices', device.at), join(root, dir, 'device'));
    if (device.wwid !== undefined)
      put(`sys/devices/${device.at}/wwid`, Buffer.concat([Buffer.from(device.wwid), Buffer.from('\n')]));
  }
  if (device.map !== undefined) {
    put(`${dir}/dm/name`, Buffer.concat([Buffer.from(device.map.name), Buffer.from('\n')]));
    put(`${dir}/dm/uuid`, `${device.map.uuid}\n`);
  }
  for (const slave of device.slaves ?? []) put(`${dir}/slaves/${slave}`, '');
  for (const holder of device.holders ?? []) put(`${dir}/holders/${holder}`, '');
  for (const part of device.partitions ?? []) {
    put(`${dir}/${part.name}/dev`, `${part.number}\n`);
    put(`${dir}/${part.name}/partition`, `${/\d+$/.exec(part.name)?.[0]}\n`);
    if (part.udev) put(`run/udev/data/b${part.number}`, part.udev.map((line) => `${line}\n`).join(''));
  }
  if (device.udev)
    put(
      `run/udev/data/b${device.number}`,
      Buffer.concat(device.udev.map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\n')]))),
    );
}

export const vmfsType = 'aa31e02a-400f-11db-9590-000c2911d1b8';
const fcPort = (host: number) =>
  `pci0000:00/0000:00:1${host}.0/host${host}/rport-${host}:0-0/target${host}:0:0/${host}:0:0:1`;

/** A local disk, and a VMFS LUN behind two Fibre Channel paths. */
export const fcProxy: FakeMachine = {
  devices: [
    {
      name: 'sda',
      number: '8:0',
      size: 64 * 2 ** 30,
      at: 'pci0000:00/0000:00:1f.2/ata1/host0/target0:0:0/0:0:0:0',
      wwid: 't10.ATA     SAMSUNG_SSD_860 S3Z9NB0K',
      udev: ['E:ID_SERIAL=SAMSUNG_SSD_860_S3Z9NB0K', 'E:ID_SERIAL_SHORT=S3Z9NB0K'],
      partitions: [
        {
          name: 'sda1',
          number: '8:1',
          udev: ['E:ID_FS_TYPE=ext4', 'E:ID_PART_ENTRY_TYPE=0fc63daf-8483-4772-8e79-3d69d8477de4'],
        },
      ],
    },
    ...[1, 2].map((host) => ({
      name: host === 1 ? 'sdb' : 'sdc',
      number: host === 1 ? '8:16' : '8:32',
      size: 4 * 2 ** 40,
      at: fcPort(host),
      wwid: 'naa.600a098038303053453f463045727654',
      holders: ['dm-1'],
      udev: [
        'S:disk/by-id/wwn-0x600a098038303053453f463045727654',
        'E:ID_SERIAL=3600a098038303053453f463045727654',
        'E:ID_SCSI_SERIAL=80SE?F0Ervt',
        'E:ID_FS_TYPE=mpath_member',
      ],
      partitions: [
        {
          name: host === 1 ? 'sdb1' : 'sdc1',
          number: host === 1 ? '8:17' : '8:33',
          udev: [`E:ID_PART_ENTRY_TYPE=${vmfsType}`, 'E:ID_FS_TYPE=VMFS_volume_member'],
        },
      ],
    })),
    {
      name: 'dm-1',
      number: '253:1',
      size: 4 * 2 ** 40,
      map: { name: 'mpatha', uuid: 'mpath-3600a098038303053453f463045727654' },
      slaves: ['sdb', 'sdc'],
      udev: ['S:disk/by-id/dm-uuid-mpath-3600a098038303053453f463045727654', 'E:DM_NAME=mpatha'],
    },
    { name: 'loop0', number: '7:0', size: 4096, udev: [] },
  ],
  mounts: ['25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw'],
};
