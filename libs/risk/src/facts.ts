import type { HostFacts, LunKey, MapGap } from '@lunwarden/contract';
import type { Baseline } from './baseline.js';
import type { ChangeView } from './facts/change-view.js';
import type { FeedView } from './facts/feed-view.js';
import type { InventoryView } from './facts/inventory-view.js';
import type { ProductView } from './facts/product-view.js';
import type { Peers } from './peers.js';

/** A datastore of a map in force, as far as one host's LUNs reach it. */
export type MappedDatastore = {
  /** `<vCenter instanceUuid>/<moref>`; two datastore objects of one VMFS volume are one entry. */
  id: string;
  name: string;
  vcenter: string;
  vmfsUuid: string | null;
  /** A set of keys per extent: the volume is whole only if every extent is seen. */
  extents: readonly (readonly LunKey[])[];
  /** Distinct VMs on it, `<vCenter instanceUuid>/<moref>`. */
  vmIds: readonly string[];
  /** Those of `vmIds` that lie on another datastore of any map too; absent = any of them may. Saves a host the look at each VM. */
  sharedVmIds?: readonly string[];
  /** No host that mounts it is connected: what the vCenter says of it is from before. This and below: absent = no. */
  isStale?: boolean;
  /** The same VMFS volume lies on other LUNs too: a snapshot or replica, nobody can tell which of them. */
  isCopy?: boolean;
  /** A LUN of it carries something else than in the map before: not settled before the next map says the same. */
  isNewGeneration?: boolean;
};

/** What the maps in force say about one host's LUNs. */
export type MapView = {
  /** Every configured vCenter with the map in force; `collectedAt` null = there never was a complete map. */
  vcenters: readonly {
    name: string;
    collectedAt: string | null;
    gaps: readonly MapGap[];
    /** It comes as files: nothing but the next one renews it. Absent = no. */
    isImported?: boolean;
  }[];
  /** Every datastore with an extent whose keys meet a disk of the host. */
  datastores: readonly MappedDatastore[];
};

/** All that is known about one host when it is judged. Plain data: no clock, no lazy loading. */
export type Facts = {
  hostId: string;
  /** As it enrolled: known even of a host that never reported. */
  hostname: string;
  platform: 'windows' | 'linux';
  /** The newest report in force; null = the host never reported. */
  report: {
    facts: HostFacts;
    /**
     * `facts` with every fact that could not be read this time filled in with the last value that was (see `rememberFacts`).
     * R5: what was bad in it stays bad until newer good evidence replaces it; what was good in it proves nothing.
     */
    remembered: HostFacts;
    /** When the facts were true: `receivedAt - ageMs`; null = the age cannot be proven (R9: may add bad, never good). */
    observedAt: string | null;
    receivedAt: string;
  } | null;
  /** When anything last came from the host, unchanged reports included; null = never. */
  lastSeenAt: string | null;
  /** Two live hosts speak with one key: nothing it says may count as good. */
  identityConflict: boolean;
  map: MapView;
  /**
   * What the newest report is compared with (see `nextBaseline`), and when it was last taken over; null = the newest is
   * the first. This and all below: absent = nobody looked.
   */
  previous?: { facts: Baseline; observedAt: string | null } | null;
  peers?: Peers;
  inventory?: InventoryView;
  product?: ProductView;
  feeds?: FeedView;
  change?: ChangeView;
};
