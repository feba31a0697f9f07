import type { Advice } from '../rule.js';

/** Change windows. */
export const changes: Readonly<Record<string, Advice>> = {
  'window-near-guards-weak': {
    why: 'The change will begin as planned, and the guards will be as they are now.',
    remedy: ['Run the pre-flight check and follow its steps.', 'If a step cannot be done in time, move the window.'],
    unsafeFix: 'Beginning, and checking afterwards.',
    source: 'Lunwarden, runbook',
  },
  'preflight-missing': {
    why: 'Zoning, policies and disk states change between days; only facts from just before the window count.',
    remedy: ['Run the pre-flight check within 24 hours before the window, and again at its start.'],
    unsafeFix: null,
    source: 'Lunwarden, runbook',
  },
  'jobs-enabled-in-window': {
    why: 'A job that starts now attaches disks or opens LUNs on a host that is about to reboot.',
    remedy: ['Disable the jobs of this proxy, or put it in maintenance.', 'Wait for the tasks that run.'],
    unsafeFix: null,
    source: 'Lunwarden, runbook step 1',
  },
  'verification-after-window-missing': {
    why: 'Nobody knows whether automount, SAN policy and disk states are what they were; the LUNs may be presented again all the same.',
    remedy: [
      'Leave the LUNs unmasked.',
      'Start the host and let it report.',
      'Check automount, SAN policy and every disk before presenting the LUNs.',
    ],
    unsafeFix: 'Presenting the LUNs because the window is over.',
    source: 'Lunwarden, runbook step 6',
  },
  'exception-expired': {
    why: 'What was opened for one night stays open until somebody remembers.',
    remedy: ['Close the exception: undo what it allowed.', 'If it is still needed, decide it anew, with a new day.'],
    unsafeFix: null,
    source: 'Lunwarden, acceptances',
  },
  'drive-letter-left-on-boot-partition': {
    why: 'Tools and people see a small drive that looks unused; what they delete there is what the host starts from.',
    remedy: ['Remove the letter: `mountvol S: /D`.'],
    unsafeFix: null,
    source: 'Lunwarden, runbook step 5',
  },
};
