import type { MappedDatastore } from '../facts.js';

/**
 * Marks on each datastore the VMs that lie on another one, too: only those can be counted twice. One datastore at a
 * time, first all to `note` and then all to `mark`, so that a large map need not hold up whoever waits behind it.
 */
export class SharedVms {
  /** Where each VM was met first; null = on several datastores. */
  private readonly onlyOn = new Map<string, MappedDatastore | null>();

  note(datastore: MappedDatastore): void {
    for (const vm of datastore.vmIds) {
      const first = this.onlyOn.get(vm);
      if (first === undefined) this.onlyOn.set(vm, datastore);
      else if (first !== null && first !== datastore) this.onlyOn.set(vm, null);
    }
  }

  mark<D extends MappedDatastore>(datastore: D): D {
    return { ...datastore, sharedVmIds: datastore.vmIds.filter((vm) => this.onlyOn.get(vm) === null) };
  }
}

/** All of them at once. */
export function withSharedVms<D extends MappedDatastore>(datastores: readonly D[]): D[] {
  const shared = new SharedVms();
  for (const datastore of datastores) shared.note(datastore);
  return datastores.map((datastore) => shared.mark(datastore));
}
