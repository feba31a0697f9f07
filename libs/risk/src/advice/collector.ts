import type { Advice } from '../rule.js';

/** Reports and collectors. */
export const collector: Readonly<Record<string, Advice>> = {
  'report-too-old': {
    why: 'Guards may have changed since; nothing old is shown as safe.',
    remedy: [
      'Check that the host runs, and that its scheduled task or timer does.',
      'Send one report by hand and read its answer.',
      'If the host is gone for good, retire it here: it stays in the totals until then.',
    ],
    unsafeFix: null,
    source: 'Lunwarden, age of the newest report',
  },
  'report-not-trusted': {
    why: 'Somebody may be reporting good news in the name of this host, or an image was cloned with its key.',
    remedy: ['Find the other host: same key, other machine.', 'Revoke the key, and enrol each host anew.'],
    unsafeFix: 'Deleting the older of two hosts.',
    source: 'Lunwarden, identity of hosts',
  },
  'collector-not-elevated': {
    why: 'Without its rights it reads no disk state and no policy, and what it cannot read counts as bad.',
    remedy: ['Let the scheduled task run as SYSTEM, or the timer as root.'],
    unsafeFix: null,
    source: 'Lunwarden, install guide',
  },
  'host-known-to-one-side-only': {
    why: 'A proxy that does not report is not checked; a host that reports as proxy and is none sees LUNs for nothing.',
    remedy: [
      'Enrol the collector on the proxy, or remove it from the backup product.',
      'If it is no proxy any more, unmask its LUNs.',
    ],
    unsafeFix: null,
    source: 'Lunwarden; Veeam, backupInfrastructure/proxies',
  },
};
