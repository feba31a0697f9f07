import type { BackupProduct, TransportMode } from '@lunwarden/contract';
import type { SampleLun } from '../estate/lun.js';
import type { Flaw } from './flaw.js';
import type { SampleSystem } from './systems.js';

/** One proxy at one step of the fleet. Plain data; a changed proxy is a new object. */
export type SampleHost = {
  hostname: string;
  installId: string;
  /** Seeds whatever is drawn for this proxy's reports. */
  seed: number;
  /** Position of its vCenter in the fleet. */
  vcenter: number;
  system: SampleSystem;
  machine: { isVirtual: boolean; vendor: string; model: string; biosUuid: string };
  /** Cluster whose VM it is; null = physical. */
  cluster: string | null;
  roles: readonly ('proxy' | 'repository' | 'mount-server' | 'backup-server')[];
  /** What it tells as a backup server; absent = it is none. */
  product?: BackupProduct;
  mode: TransportMode;
  /** VMFS LUNs of its zone, which it sees while it is in Direct SAN or still zoned. */
  zone: readonly SampleLun[];
  /** LUNs that lie in no map: raw device mappings and spare ones, seen with the flaw `unmapped-lun`. */
  strangers: readonly SampleLun[];
  flaws: readonly Flaw[];
  /** It sends nothing any more. */
  isSilent: boolean;
  boots: number;
  /** When its last backup task ran: the night before the fleet was made. Facts must not change by themselves. */
  lastTaskAt: string;
  /** When the last update was installed, and how many monthly updates have come since. */
  patchedAt: string;
  monthsBehind: number;
};

export const hasFlaw = (host: Pick<SampleHost, 'flaws'>, flaw: Flaw): boolean => host.flaws.includes(flaw);

/** The LUNs presented to this proxy now. */
export function presentedLuns(host: SampleHost): readonly SampleLun[] {
  const zoned = host.mode === 'direct-san' || hasFlaw(host, 'still-zoned');
  if (!zoned) return [];
  return hasFlaw(host, 'unmapped-lun') ? [...host.zone, ...host.strangers] : host.zone;
}

/** `still-zoned`: somebody changed the mode and forgot the zoning. */
export const modeOf = (host: SampleHost): TransportMode => (hasFlaw(host, 'still-zoned') ? 'network' : host.mode);
