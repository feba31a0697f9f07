import { keysOfEsxName, MapForeignDisk } from '@lunwarden/contract';
import { clean } from '../table/cells.js';

type Disk = { vm: string; path: string; mode: string | undefined; uuid: string | undefined };

/** `[datastore1] web/web.vmx` -> `[datastore1] web`. */
const folderOf = (path: string | undefined): string | null => /^(\[.+?\] ?.*)\/[^/]+$/.exec(path ?? '')?.[1] ?? null;
const bare = (folder: string): string => folder.replace(/^\[.+?\] ?/, '');

/** Disks in the folder of another VM: hot-add at work, or forgotten. The same law as for a map that is read itself. */
export class ForeignDisks {
  private readonly homes = new Map<string, string>();
  private readonly disks: Disk[] = [];

  addVm(vm: string, path: string | undefined): void {
    const home = folderOf(path);
    if (home !== null) this.homes.set(vm, home);
  }

  addDisk(disk: Disk): void {
    const folder = folderOf(disk.path);
    const home = this.homes.get(disk.vm);
    if (folder === null || folder === home) return;
    if (isIndependent(disk) || (home !== undefined && bare(folder) !== bare(home))) this.disks.push(disk);
  }

  finish(): MapForeignDisk[] {
    const owners = new Map<string, string | null>();
    for (const [vm, home] of this.homes) owners.set(home, owners.has(home) ? null : vm);
    return this.disks.flatMap((disk) => {
      const owner = owners.get(folderOf(disk.path) ?? '') ?? null;
      if (owner === disk.vm || (owner === null && !isIndependent(disk))) return [];
      const parsed = MapForeignDisk.safeParse({
        vm: disk.vm,
        file: clean(disk.path, 512),
        owner,
        isIndependent: isIndependent(disk),
        keys: keysOfEsxName(`naa.${(disk.uuid ?? '').replaceAll('-', '')}`),
      });
      return parsed.success ? [parsed.data] : [];
    });
  }
}

const isIndependent = ({ mode }: Disk): boolean => /^independent_?nonpersistent$/i.test(mode ?? '');
