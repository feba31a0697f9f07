import type { Advice } from '../rule.js';

/** Which LUNs a host sees, and why. */
export const lunMapping: Readonly<Record<string, Advice>> = {
  'luns-visible-without-need': {
    why: 'A mistake on this host can still destroy the datastores, and no backup is any faster for it.',
    remedy: [
      'Unmask the VMFS LUNs from this host at the array, or log out of the iSCSI targets and remove the favourites.',
      'Check with `Get-Disk` or `lsblk` that none is left, also after a reboot.',
    ],
    unsafeFix: 'Changing the transport mode alone: the LUNs stay as writable as they were.',
    source: 'Veeam, transport modes',
  },
  'lun-without-owner': {
    why: 'It may be a datastore that our account cannot see, or the data of another team: it counts as VMFS until somebody knows.',
    remedy: [
      'Look the identifier up at the array and name its owner.',
      'If it is a datastore, add its vCenter, or give our account the right to read it.',
      'If this host does not need it, unmask it.',
    ],
    unsafeFix: 'Initializing the disk because it looks empty.',
    source: 'vSphere, PropertyCollector omits what an account may not see',
  },
  'luns-not-needed': {
    why: 'Each datastore in sight can be destroyed from here; those that no job reads are exposed for nothing.',
    remedy: [
      'Unmask the datastores that are listed here.',
      'Check that the jobs of this proxy still run over the SAN.',
    ],
    unsafeFix: null,
    source: 'Veeam, connected datastores of a proxy',
  },
  'datastores-chosen-automatically': {
    why: 'The product may ask this proxy for any datastore in sight, so nobody notices when it sees more than it should.',
    remedy: ['In the proxy settings, list the datastores by hand.', 'Unmask what is not on the list.'],
    unsafeFix: null,
    source: 'Veeam, connected datastores: automatic detection',
  },
  'needed-datastore-not-visible': {
    why: 'Jobs fail, or fall back to the network and nobody notices why the window is too short.',
    remedy: [
      'Check zoning and masking of the datastore that is named here.',
      'Present it to this host offline and read-only, or give the job another proxy.',
    ],
    unsafeFix: 'Presenting all LUNs of the array to make it work.',
    source: 'Veeam, Direct SAN access requirements',
  },
  'lun-writable-at-array': {
    why: 'Every guard of Windows can be undone by one command. A LUN that the array presents read-only cannot be written, whatever happens on the host.',
    remedy: [
      'At the array, present the VMFS LUNs read-only to this host.',
      'Restore by Virtual Appliance or Network mode.',
    ],
    unsafeFix: null,
    source: 'Veeam and VMware, SAN transport: only restores need to write',
  },
};
