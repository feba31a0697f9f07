import type { LunKey } from '@lunwarden/contract';
import type { MappedDatastore, MapView } from './facts.js';
import type { LunState } from './model.js';
import { byDevice, joinPaths } from './paths.js';
import type { Told } from './reading.js';
import type { Content, SeenDisk } from './seen-disk.js';

/** One LUN in sight of the host, its paths joined, and what the maps say lies on it. */
export type Lun = {
  device: string;
  /** All devices that are paths of it, `device` among them. */
  devices: string[];
  keys: readonly LunKey[];
  sizeBytes: string;
  /** `unknown` = on a shared bus and known to no map: counted as VMFS with unknown contents (R11). */
  isVmfs: 'yes' | 'no' | 'unknown';
  worst: LunState;
  best: LunState;
  /** `yes` only if every path of it says so. */
  isArrayReadOnly: 'yes' | 'no' | 'unknown';
  mounts: readonly string[];
  areMountsKnown: boolean;
  isOverwritten: 'yes' | 'no' | 'unknown';
  /** It may be shared, so that only maps say what lies on it: the verdict lives no longer than they do. */
  leansOnMaps: boolean;
  datastores: MappedDatastore[];
};

/**
 * Joins disks to LUNs and LUNs to datastores. Order and duplicates of the disks do not matter.
 * @param hasEveryMap there is a vCenter, and the map of each is whole: what they do not show is not there
 */
export function lunsOf(disks: readonly SeenDisk[], map: MapView, hasEveryMap: boolean): Lun[] {
  const index = indexOf(map);
  return joinPaths(disks)
    .map((paths) => lunOf(paths, index, hasEveryMap))
    .sort(byDevice);
}

/** By key, so that a host costs one look-up for each key, however many datastores there are. */
function indexOf(map: MapView): Map<LunKey, MappedDatastore[]> {
  const index = new Map<LunKey, MappedDatastore[]>();
  for (const datastore of map.datastores) {
    for (const extent of datastore.extents) {
      for (const key of extent) {
        const known = index.get(key);
        if (known === undefined) index.set(key, [datastore]);
        else if (!known.includes(datastore)) known.push(datastore);
      }
    }
  }
  return index;
}

type Paths = ReturnType<typeof joinPaths>[number];

function lunOf({ disks, keys, isAmbiguous }: Paths, index: Map<LunKey, MappedDatastore[]>, hasEveryMap: boolean): Lun {
  const [first] = disks;
  const met = datastoresOf(keys, index);
  const datastores = isAmbiguous ? [] : met;
  const placement =
    datastores.length > 0 ? 'mapped' : met.length > 0 ? 'ambiguous' : hasEveryMap ? 'absent' : 'unmapped';
  return {
    device: first.device,
    devices: disks.length === 1 ? [first.device] : disks.map(({ device }) => device),
    keys: inOrder(keys),
    sizeBytes: first.sizeBytes,
    isVmfs: isVmfsLun(disks, placement),
    worst: stateAt(disks, false),
    best: stateAt(disks, true),
    isArrayReadOnly: arrayFlag(disks),
    mounts: mountsOf(disks),
    areMountsKnown: disks.every(hasCertainMounts),
    isOverwritten: overwritten(disks, placement),
    leansOnMaps: mayBeForeign(disks),
    datastores,
  };
}

/** Nearly every LUN has one key and one datastore: sets and sorts are for the rest. */
function datastoresOf(keys: readonly LunKey[], index: Map<LunKey, MappedDatastore[]>): MappedDatastore[] {
  const [only] = keys;
  const met = keys.length === 1 && only !== undefined ? index.get(only) : metByAny(keys, index);
  if (met === undefined || met.length < 2) return met ?? [];
  return [...new Set(met)].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const metByAny = (keys: readonly LunKey[], index: Map<LunKey, MappedDatastore[]>): MappedDatastore[] =>
  keys.flatMap((key) => index.get(key) ?? []);

const inOrder = <T extends string>(texts: readonly T[]): readonly T[] => (texts.length < 2 ? texts : texts.toSorted());

const hasCertainMounts = ({ mounts }: SeenDisk): boolean => mounts.kind === 'certain';

function mountsOf(disks: readonly SeenDisk[]): readonly string[] {
  let found: readonly string[] = [];
  for (const { mounts } of disks)
    if (mounts.kind !== 'unknown') found = found.length === 0 ? mounts.value : [...found, ...mounts.value];
  return found.length < 2 ? found : [...new Set(found)].sort();
}

/** `ambiguous` = its keys meet a datastore, and nobody can tell which of several disks they name; `absent` = every map is whole and has no such LUN. */
export type Placement = 'mapped' | 'ambiguous' | 'unmapped' | 'absent';

/** All that the maps decide about one LUN, beside the datastores that lie on it. */
export const contentOf = (disks: readonly SeenDisk[], placement: Placement): Pick<Lun, 'isVmfs' | 'isOverwritten'> => ({
  isVmfs: isVmfsLun(disks, placement),
  isOverwritten: overwritten(disks, placement),
});

function isVmfsLun(disks: readonly SeenDisk[], placement: Placement): Lun['isVmfs'] {
  if (placement === 'mapped' || shows('vmfs', disks)) return 'yes';
  if (placement === 'ambiguous') return 'unknown';
  if (!mayBeForeign(disks)) return 'no';
  return disks.every((disk) => holdsOwnVolume(disk, placement === 'absent')) ? 'no' : 'unknown';
}

/** Not the machine's own system disk, and on a bus that others may share. */
const mayBeForeign = (disks: readonly SeenDisk[]): boolean => !disks.some(isOwn) && disks.some(isShareable);
const isOwn = (disk: SeenDisk): boolean => disk.isOwn;
const isShareable = (disk: SeenDisk): boolean => disk.mayBeShared;

/** A table that was read and shows no VMFS clears a disk only if a map could have contradicted it: an overwritten LUN has a letter, too. */
const holdsOwnVolume = ({ content }: SeenDisk, hasEveryMap: boolean): boolean =>
  hasEveryMap && content.kind === 'certain' && content.value === 'other';

/** Each flag that nobody knows is taken as set in one end of the interval and as clear in the other. */
export const stateOf = (disks: readonly SeenDisk[]): { worst: LunState; best: LunState } => ({
  worst: stateAt(disks, false),
  best: stateAt(disks, true),
});

function stateAt(disks: readonly SeenDisk[], unknown: boolean): LunState {
  let isOffline = true;
  let isReadOnly = true;
  for (const disk of disks) {
    isOffline &&= flagAt(disk.isOffline, unknown);
    isReadOnly &&= flagAt(disk.isReadOnly, unknown);
  }
  if (isOffline) return isReadOnly ? 'offline-read-only' : 'offline-writable';
  return isReadOnly ? 'online-read-only' : 'online-writable';
}

function arrayFlag(disks: readonly SeenDisk[]): Lun['isArrayReadOnly'] {
  if (disks.some(isArrayWritable)) return 'no';
  return disks.every(isArrayAsked) ? 'yes' : 'unknown';
}

const isArrayWritable = ({ isArrayReadOnly: flag }: SeenDisk): boolean => flag.kind !== 'unknown' && !flag.value;
const isArrayAsked = ({ isArrayReadOnly: flag }: SeenDisk): boolean => flag.kind === 'certain';

/** A doubtful "offline" proves nothing; a doubtful "online" stays (R5). */
const flagAt = (fact: Told<boolean>, unknown: boolean): boolean =>
  fact.kind === 'certain' || (fact.kind === 'doubtful' && !fact.value && unknown) ? fact.value : unknown;

/**
 * Something else's partitions where the map says VMFS, or no table at all: an incident, not a risk. An unread or empty
 * table cannot deny it. Where one path shows VMFS, another that shows nothing failed to read.
 */
function overwritten(disks: readonly SeenDisk[], placement: Placement): Lun['isOverwritten'] {
  if ((placement === 'mapped' || placement === 'ambiguous') && shows('other', disks)) return 'yes';
  if (placement === 'mapped' && shows('blank', disks) && !shows('vmfs', disks)) return 'yes';
  return disks.every(isRead) ? 'no' : 'unknown';
}

function shows(what: Content, disks: readonly SeenDisk[]): boolean {
  for (const { content } of disks) if (content.kind !== 'unknown' && content.value === what) return true;
  return false;
}

const isRead = ({ content }: SeenDisk): boolean =>
  content.kind === 'certain' && content.value !== 'empty' && content.value !== 'blank';
