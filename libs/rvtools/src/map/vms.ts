import { keysOfEsxName, keysOfEsxUuid, MapRawMapping, MapVm } from '@lunwarden/contract';
import { clean, cleanOrNull, datastoreOfPath, isTrue, morefOrNull } from '../table/cells.js';
import type { Row } from '../table/read-table.js';
import type { tabs } from '../table/tabs.js';
import type { Datastores } from './datastores.js';
import { ForeignDisks } from './foreign-disks.js';
import { type Gaps, idOfName } from './gaps.js';
import type { Hosts } from './hosts.js';

type VmRow = Row<typeof tabs.vInfo.columns>;
type DiskRow = Row<typeof tabs.vDisk.columns>;
type Listed = { vm: MapVm; datastores: Set<string> };

/** VMs and the datastores that their files and disks lie on. */
export class Vms {
  readonly rawMappings: MapRawMapping[] = [];
  readonly needConsolidation: string[] = [];
  readonly foreignDisks = new ForeignDisks();
  private readonly byId = new Map<string, Listed>();
  /** null = a name of several VMs. */
  private readonly byName = new Map<string, Listed | null>();

  constructor(
    private readonly estate: { hosts: Hosts; datastores: Datastores },
    private readonly gaps: Gaps,
  ) {}

  add(row: VmRow): void {
    const { hosts } = this.estate;
    const name = row.name ?? '';
    const parsed = MapVm.safeParse({
      // A template knows its host too. Names alone do not tell VMs apart, uuids do.
      id: morefOrNull(row.id) ?? idOfName('vm', row.instanceUuid ?? `${row.datacenter} ${name}`),
      name: clean(name, 256),
      host: hosts.find(row.host)?.id ?? null,
      datastores: [],
      instanceUuid: cleanOrNull(row.instanceUuid?.toLowerCase(), 64),
      biosUuid: cleanOrNull(row.biosUuid?.toLowerCase(), 64),
      isTemplate: isTrue(row.template),
      changeVersion: null,
    });
    if (!parsed.success || name === '') this.gaps.add(name || 'vInfo', 'vInfo', 'a row that does not fit');
    else if (this.byId.has(parsed.data.id)) this.gaps.add(name, 'vInfo', 'a VM is listed twice');
    else this.keep({ vm: parsed.data, datastores: new Set() }, row);
  }

  private keep(one: Listed, row: VmRow): void {
    const name = row.name ?? '';
    this.byId.set(one.vm.id, one);
    this.byName.set(name, this.byName.has(name) ? null : one);
    this.place(one, row, 'vInfo.Path');
    this.foreignDisks.addVm(one.vm.id, row.path);
    if (isTrue(row.needsConsolidation)) this.needConsolidation.push(one.vm.id);
  }

  /** By its id, else by a name that only one VM has; null = nobody can tell. */
  idOf({ vmId, vm }: { vmId?: string; vm?: string }): string | null {
    return this.find({ vmId, vm })?.vm.id ?? null;
  }

  private find({ vmId, vm }: { vmId?: string; vm?: string }): Listed | null {
    return (vmId === undefined ? this.byName.get(vm ?? '') : this.byId.get(vmId)) ?? null;
  }

  /** A disk may lie elsewhere than its VM; a raw one is a LUN of its own. */
  addDisk(row: DiskRow): void {
    const one = this.find(row);
    if (one === null) {
      this.gaps.add(row.vm ?? 'vDisk', 'vDisk', 'a disk of a VM that vInfo does not tell apart');
      return;
    }
    if (datastoreOfPath(row.path) === null)
      this.gaps.add(one.vm.name, 'vDisk.Path', 'a disk whose datastore is not told');
    this.place(one, row, 'vDisk.Path');
    this.foreignDisks.addDisk({ vm: one.vm.id, path: row.path ?? '', mode: row.mode, uuid: row.uuid });
    if (isTrue(row.isRaw)) this.addRaw(one, row);
  }

  /** A VM that is on no datastore is missing from what a write could reach. */
  finish(): MapVm[] {
    return [...this.byId.values()].map(({ vm, datastores }) => {
      if (datastores.size === 0) this.gaps.add(vm.name, 'vInfo.Path', 'no datastore can be told');
      return { ...vm, datastores: [...datastores].slice(0, 256) };
    });
  }

  private place(one: Listed, row: Pick<VmRow, 'path' | 'host' | 'datacenter'>, path: string): void {
    const name = datastoreOfPath(row.path);
    if (name === null) return;
    const id = this.estate.datastores.idOf({ name, host: row.host, datacenter: row.datacenter });
    if (id === null) this.gaps.add(one.vm.name, path, `is on ${name}, which vDatastore does not tell apart`);
    else one.datastores.add(id);
  }

  private addRaw({ vm }: Listed, row: DiskRow): void {
    const lunUuid = row.lunUuid ?? '';
    const parsed = MapRawMapping.safeParse({
      vm: vm.id,
      lunUuid: clean(lunUuid, 256),
      keys: [...new Set([...keysOfEsxName(lunUuid), ...keysOfEsxUuid(lunUuid)])],
      compatibility: /^virtual/i.test(row.compatibility ?? '') ? 'virtual' : 'physical',
    });
    if (parsed.success && lunUuid !== '') this.rawMappings.push(parsed.data);
    else this.gaps.add(vm.name, 'vDisk.Raw LUN ID', 'a raw disk whose LUN is not told');
  }
}
