import type { VcenterOptions } from '../src/index.js';
import { account } from './vcsim.js';

/** Options for a simulator on this machine, with waits that suit a test. */
export const optionsFor = (url: string, more: Partial<VcenterOptions> = {}): VcenterOptions => ({
  url,
  ...account,
  trust: { kind: 'loopback' },
  now: () => new Date(),
  timeouts: { restartMs: 10 },
  ...more,
});

/** Skips loudly: a run without the simulator must not look like a run with it. */
export const skipNote = 'SKIPPED: the vCenter simulator is not there (LUNWARDEN_VCSIM, or Go 1.25 to build it)';
