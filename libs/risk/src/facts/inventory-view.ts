import type { Known } from '@lunwarden/contract';

/** A disk of another VM that hangs on the proxy VM; `vm` is the owner's name where its file tells it. */
export type ForeignDisk = { file: string; vm: string | null };

/** What hot-add left behind on a VM that this host backs up. `snapshot` null = the VM only needs consolidation. */
export type Leftover = { vm: string; snapshot: string | null };

/** The host as the vCenter sees it, if it is a VM. */
export type ProxyVm = {
  name: string;
  foreignDisks: Known<readonly ForeignDisk[]>;
  /** A backup task is running, so that foreign disks are in place. */
  isWorking: Known<boolean>;
  /** Names of its own snapshots; empty = none. */
  snapshots: Known<readonly string[]>;
  isInBackupJob: Known<boolean>;
};

/** What the vCenters say of the host and of the VMs that it backs up, at `observedAt` (ISO). */
export type InventoryView = {
  observedAt: string;
  /** null = no VM of a configured vCenter is this host. */
  proxyVm: Known<ProxyVm | null>;
  /** Snapshots with a backup product's name and VMs that need consolidation, while no task runs; empty = none. */
  leftovers: Known<readonly Leftover[]>;
  /** ESXi hosts that mount a datastore in reach of the host, or that run it. */
  esxiHosts: Known<readonly EsxiHost[]>;
};

/** `line` is the update line, e.g. `8.0 U3`: builds compare only within one line. */
export type EsxiHost = { name: string; version: string; build: number; line: string | null };
