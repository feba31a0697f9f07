import type { Known } from '@lunwarden/contract';

/** A disk of another VM that hangs on the proxy VM; `vm` is the owner's name where its file tells it. */
export type ForeignDisk = { file: string; vm: string | null };

/** What hot-add left behind on a VM that this host backs up. `snapshot` null = the VM only needs consolidation. */
export type Leftover = { vm: string; snapshot: string | null };

/** A datastore whose VMs the proxy can be given disks of; `volume` = its VMFS UUID, else its id. */
export type HotAddReach = {
  id: string;
  name: string;
  volume: string;
  /** False = only some hosts of its cluster mount it, and the scheduler may move the proxy away from them. */
  isEverywhere: boolean;
};

/** The host as the vCenter sees it, if it is a VM. */
export type ProxyVm = {
  name: string;
  /** Those that serve no task where that is proven, else all that hang there. */
  foreignDisks: Known<readonly ForeignDisk[]>;
  /** A backup task is running, so that foreign disks are in place. */
  isWorking: Known<boolean>;
  /** Names of its own snapshots; empty = none. */
  snapshots: Known<readonly string[]>;
  isInBackupJob: Known<boolean>;
  /** What the hosts of its cluster mount; absent = nobody asked. */
  hotAdd?: Known<readonly HotAddReach[]>;
};

/** What the vCenters say of the host and of the VMs that it backs up, at `observedAt` (ISO). */
export type InventoryView = {
  observedAt: string;
  /** null = no VM of a configured vCenter is this host. */
  proxyVm: Known<ProxyVm | null>;
  /** Snapshots with a backup product's name that stand for longer than a backup lasts, and VMs that need consolidation; empty = none. */
  leftovers: Known<readonly Leftover[]>;
  /** ESXi hosts that mount a datastore in reach of the host, or that run it. */
  esxiHosts: Known<readonly EsxiHost[]>;
};

/** `line` is the update line, e.g. `8.0 U3`: builds compare only within one line. `build` null, version '' = it never told. */
export type EsxiHost = { name: string; version: string; build: number | null; line: string | null };
