import type { HostFacts, Known, LinuxDisk, WindowsDisk } from '@lunwarden/contract';

type Disk = Pick<WindowsDisk, 'isOffline' | 'isReadOnly' | 'partitions'> | Pick<LinuxDisk, 'readOnly' | 'partitions'>;

/**
 * The newest report with each fact that it could not read filled in with the last value that was read.
 * Bad evidence does not expire with a collector that lost its rights (R5): a LUN last seen writable is still held to
 * be writable. Who uses the result must count nothing good in it that `next` does not say itself.
 */
export function rememberFacts(previous: HostFacts | null, next: HostFacts): HostFacts {
  if (previous === null) return next;
  if (next.platform === 'windows') {
    if (previous.platform !== 'windows') return next;
    return {
      ...fillIn(previous, next),
      disks: rememberDisks(previous.disks, next.disks, windowsIdentity, ['isOffline', 'isReadOnly', 'partitions']),
    };
  }
  if (previous.platform !== 'linux') return next;
  return {
    ...fillIn(previous, next),
    disks: rememberDisks(previous.disks, next.disks, linuxIdentity, ['readOnly', 'partitions']),
  };
}

/** Takes the older value wherever the newer one is not known. */
function fillIn<T extends object>(previous: T, next: T): T {
  const filled = { ...next };
  for (const key of keysOf(next)) if (isUnknown(next[key]) && !isUnknown(previous[key])) filled[key] = previous[key];
  return filled;
}

/** A disk that left a list that was read is gone; a list that was not read leaves the older one standing. */
function rememberDisks<D extends Disk>(
  previous: Known<D[]>,
  next: Known<D[]>,
  identity: (disk: D) => string,
  facts: (keyof D)[],
): Known<D[]> {
  if (!('value' in next)) return previous;
  if (!('value' in previous)) return next;
  const before = new Map(previous.value.map((disk) => [identity(disk), disk]));
  return { value: next.value.map((disk) => rememberDisk(before.get(identity(disk)), disk, facts)) };
}

function rememberDisk<D extends Disk>(previous: D | undefined, next: D, facts: (keyof D)[]): D {
  if (previous === undefined) return next;
  const filled = { ...next };
  for (const fact of facts) if (isUnknown(next[fact]) && !isUnknown(previous[fact])) filled[fact] = previous[fact];
  return filled;
}

// A disk number is only a seat; the identifiers say who sits there.
const windowsIdentity = (disk: WindowsDisk): string => disk.uniqueId ?? disk.serialNumber ?? `number ${disk.number}`;
const linuxIdentity = (disk: LinuxDisk): string => (disk.ids.length > 0 ? [...disk.ids].sort().join(' ') : disk.name);

const isUnknown = (fact: unknown): boolean => typeof fact === 'object' && fact !== null && 'unknown' in fact;
const keysOf = <T extends object>(record: T): (keyof T)[] =>
  Object.keys(record).filter((key): key is keyof T & string => key in record);

/** True if anything in these facts could not be read, at whatever depth: only then is there something to remember. */
export function hasGaps(facts: unknown): boolean {
  if (typeof facts !== 'object' || facts === null) return false;
  return 'unknown' in facts || Object.values(facts).some(hasGaps);
}
