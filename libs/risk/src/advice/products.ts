import type { Advice } from '../rule.js';

/** The backup product and ESXi. */
export const products: Readonly<Record<string, Advice>> = {
  'backup-server-below-fixed-build': {
    why: 'The backup server holds the credentials of vCenter and of every host, and can delete every backup.',
    remedy: [
      'Upgrade to the build that the evidence names, or a later one.',
      'Until then, restrict the ports of the backup server to its own components.',
    ],
    unsafeFix: null,
    source: 'Veeam, security advisories (KB4288 to KB4869)',
  },
  'backup-server-fix-unproven': {
    why: 'The same build number stands for a server with the fix and one without.',
    remedy: [
      'On the server, read the list of private fixes, or the version of the patched files that the vendor names.',
      'If in doubt install the fix again, or the next build.',
    ],
    unsafeFix: 'Trusting the version in "Apps & features".',
    source: 'Veeam, KB4424 and KB4288',
  },
  'backup-server-joined-to-domain': {
    why: 'Several takeovers of version 12 need no more than the account of any domain user.',
    remedy: ['Install the fixed build first.', 'Plan to move the server to a workgroup, or to version 13.'],
    unsafeFix: null,
    source: 'Veeam, CVE-2025-23120, -23121, -48983, -48984, CVE-2026-44963',
  },
  'proxy-components-outdated': {
    why: 'Tasks fail or fall back, and fixes that the server has are missing here.',
    remedy: ['Update the components from the backup server, in a window without jobs.'],
    unsafeFix: null,
    source: 'Veeam, component version mismatch',
  },
  'unused-proxy-sees-luns': {
    why: 'Nobody looks at it, nobody patches it, and it can still destroy every datastore in sight.',
    remedy: ['Unmask its LUNs today.', 'Then decide whether the host is still needed.'],
    unsafeFix: null,
    source: 'Lunwarden; Veeam, proxies/states',
  },
  'esxi-below-fixed-build': {
    why: 'Who breaks out of a guest, or reaches ESXi, encrypts whole datastores; no guard on this host helps.',
    remedy: [
      'Patch within the update line that the host runs, or move to the next line.',
      'Put the hosts that are named here first.',
    ],
    unsafeFix: null,
    source: 'Broadcom, VMSA-2024-0013, VMSA-2025-0004, VMSA-2025-0013',
  },
  'esxi-support-ended': {
    why: 'What is found in it from now on will be published and not fixed.',
    remedy: ['Plan the upgrade of the hosts that are named here.'],
    unsafeFix: null,
    source: 'endoflife.date and Broadcom, product lifecycle',
  },
};
