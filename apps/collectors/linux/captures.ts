import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FakeDevice, FakeMachine } from './fake-root.js';

const besideTheProject = fileURLToPath(new URL('../../../../shared/data', import.meta.url));

/** A real capture that nobody here wrote; null = not on this machine. */
export function capture(name: string, folder = besideTheProject): string | null {
  const file = `${folder}/linux/${name}`;
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

const units: Record<string, number> = { M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };
export const bytesOf = (text: string): number =>
  Math.round((Number.parseFloat(text) * (units[text.slice(-1)] ?? 1)) / 512) * 512;

type Row = { name: string; number: string; size: number; type: string; mount: string; depth: number };

/** The machine that a `lsblk` tree shows, as sysfs would show it. */
export function machineOfTree(tree: string): FakeMachine {
  const devices = new Map<string, FakeDevice>();
  const mounts = new Set<string>();
  const above: string[] = [];
  for (const row of tree.split('\n').slice(1).flatMap(rowOf)) {
    const kernelName = /\((dm-\d+)\)/.exec(row.name)?.[1] ?? row.name;
    const parent = devices.get(above[row.depth - 1] ?? '');
    above[row.depth] = kernelName;
    if (row.mount.startsWith('/')) mounts.add(`30 1 ${row.number} / ${row.mount} rw - ext4 /dev/${kernelName} rw`);
    if (row.type === 'part' && !kernelName.startsWith('dm-')) {
      parent?.partitions?.push({ name: kernelName, number: row.number, udev: ['E:ID_PART_ENTRY_TYPE=0x8e'] });
      continue;
    }
    const device = devices.get(kernelName) ?? deviceOf(row, kernelName);
    devices.set(kernelName, device);
    if (parent !== undefined && row.type !== 'disk') {
      parent.holders = [...(parent.holders ?? []), kernelName];
      device.slaves = [...(device.slaves ?? []), parent.name];
    }
  }
  return { devices: [...devices.values()], mounts: [...mounts] };
}

function rowOf(line: string): Row[] {
  const match = /^([ |`-]*)(.+?)\s+(\d+:\d+)\s+\d\s+(\S+)\s+\d\s+(\w+)\s*(\S*)$/.exec(line);
  if (match === null) return [];
  const [, indent = '', name = '', number = '', size = '', type = '', mount = ''] = match;
  return [{ name, number, size: bytesOf(size), type, mount, depth: indent.length / 2 }];
}

function deviceOf({ name, number, size, type }: Row, kernelName: string): FakeDevice {
  const label = name.replace(/ \(.*/, '');
  const kinds: Record<string, string> = { mpath: `mpath-${label}`, part: `part1-mpath-${label}`, lvm: `LVM-${label}` };
  const map = kernelName.startsWith('dm-') ? { map: { name: label, uuid: kinds[type] ?? label } } : {};
  return { name: kernelName, number, size, partitions: [], udev: ['E:DEVTYPE=disk'], ...map };
}

/** Every map of a `multipath -ll` capture as a machine of its own: a capture may hold several machines. */
export function machinesOfMultipath(
  capture: string,
): { label: string; wwid: string; size: number; machine: FakeMachine }[] {
  const header = /^(?:(\S+) \((.+)\)|(\S.*?)) (dm-\d+) (?:\S+ ?,.*|uninitialized)$/;
  const lines = capture.split('\n');
  return lines.flatMap((line, at) => {
    const match = header.exec(line);
    if (match === null) return [];
    const [, alias, aliased, bare, dm = ''] = match;
    const wwid = aliased ?? bare ?? '';
    const rest = lines.slice(at + 1);
    const end = rest.findIndex((next) => header.test(next));
    const block = (end < 0 ? rest : rest.slice(0, end)).join('\n');
    const size = bytesOf(/size=(\S+)/.exec(block)?.[1] ?? '0');
    const paths = [...block.matchAll(/ (\d+:\d+:\d+:\d+) (sd\w+) +(\d+:\d+) /g)];
    const map: FakeDevice = {
      name: dm,
      number: `253:${dm.slice(3)}`,
      size,
      map: { name: alias ?? wwid, uuid: `mpath-${wwid}` },
      slaves: paths.map(([, , name = '']) => name),
      udev: [],
    };
    const disks = paths.map(([, address = '', name = '', number = '']) => ({
      name,
      number,
      size,
      at: `pci0/host${address.split(':')[0]}/rport-${address.split(':')[0]}:0-0/target/${address}`,
      holders: [dm],
      udev: [`E:ID_SERIAL=${wwid}`],
    }));
    return [{ label: alias ?? wwid, wwid, size, machine: { devices: [...disks, map] } }];
  });
}
