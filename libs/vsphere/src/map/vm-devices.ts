import { keysOfEsxName, MapForeignDisk, type MapRawMapping } from '@lunwarden/contract';
import type { ObjectContent } from '../collect/object-content.js';
import type { Projection } from '../soap/answer-reader.js';
import { child, children, textOf, type XmlElement } from '../soap/xml-element.js';
import { clean } from './clean-text.js';
import { bareFolder, folderOf } from './home.js';
import { readRawMappings } from './raw-mapping.js';

/** Where the VM has its home is needed to tell its own disks from those of others. */
export const devicePath = 'config.hardware.device';
export const devicePaths = [devicePath, 'config.files.vmPathName'] as const;

/** Of 6 to 15 KB a VM: where its disks lie. */
export const deviceParts: Projection = new Map([
  ['VirtualDevice', new Set(['backing'])],
  ['backing', new Set(['fileName', 'diskMode', 'uuid', 'lunUuid', 'compatibilityMode'])],
]);

/** What the disks of one VM say beyond that there are disks. */
export interface VmDevices {
  readonly rawMappings: readonly MapRawMapping[];
  /** Disks in a folder of another name than the VM's own; whose, is not resolved yet. */
  readonly foreignDisks: readonly MapForeignDisk[];
}

/** Tells of what does not fit through `refuse`. */
export function readVmDevices({ ref, values }: ObjectContent, refuse: (what: string) => void): VmDevices {
  const devices = values.get(devicePath) ?? null;
  const home = folderOf(values.get('config.files.vmPathName')?.text ?? null);
  const disks = children(devices, 'VirtualDevice').filter(({ type }) => type === 'VirtualDisk');
  const foreignDisks = disks.flatMap((disk) => {
    const found = foreignDiskOf(ref.id, home, child(disk, 'backing'));
    if (found === null) return [];
    const parsed = MapForeignDisk.safeParse(found);
    if (parsed.success) return [parsed.data];
    refuse(found.file);
    return [];
  });
  return { rawMappings: readRawMappings(ref.id, devices, refuse), foreignDisks };
}

/** A backup that hot-adds takes the disk of another VM as independent and not persistent, so as never to write to it. */
function foreignDiskOf(vm: string, home: string | null, backing: XmlElement | null): MapForeignDisk | null {
  const file = textOf(backing, 'fileName');
  const folder = folderOf(file);
  if (file === null || folder === null || folder === home) return null;
  const isIndependent = textOf(backing, 'diskMode') === 'independent_nonpersistent';
  if (!isIndependent && (home === null || bareFolder(folder) === bareFolder(home))) return null;
  const uuid = textOf(backing, 'uuid');
  // VMware virtual disks show their backing's uuid as NAA (6000C29…): what the guest calls the disk.
  const keys = uuid === null ? [] : keysOfEsxName(`naa.${uuid.replaceAll('-', '')}`);
  return { vm, file: clean(file, 512), owner: null, isIndependent, keys };
}

/** Gives each disk its owner: the one other VM that has its home in that folder. Others' disks of nobody keep null. */
export function ownersOf(disks: readonly MapForeignDisk[], homes: ReadonlyMap<string, string>): MapForeignDisk[] {
  const owners = new Map<string, string | null>();
  for (const [vm, home] of homes) owners.set(home, owners.has(home) ? null : vm);
  return disks.flatMap((disk) => {
    const owner = owners.get(folderOf(disk.file) ?? '') ?? null;
    if (owner === disk.vm) return [];
    // A disk that an administrator put into a folder of its own is nobody else's.
    return owner === null && !disk.isIndependent ? [] : [{ ...disk, owner }];
  });
}
