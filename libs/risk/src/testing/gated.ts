import type { Assessment, Driver, Finding } from '@lunwarden/contract';
import { hostOf, type StoryHost, storyNow, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';
import { assess } from '../assess.js';
import { titled } from '../titled.js';

// A host that may be patched, with its judgement: what a spec of the gate starts from, one thing at a time.
export const gated: StoryHost = hostOf(
  windowsFacts({
    transport: { value: { configured: 'direct-san', directKind: 'san', source: 'product' } },
    disks: { value: [windowsBootDisk(), vmfsDisk(1)] },
  }),
);
export const at = Date.parse(storyNow);
const green = titled(assess(gated, storyNow));
export const judgement = (change: Partial<Assessment> = {}): Assessment => ({ ...green, ...change });
/** The same host without a LUN in sight. */
export const unexposed = (change: Partial<Assessment> = {}): Assessment =>
  judgement({ exposure: { ...green.exposure, vmfsLuns: 0, unmappedLuns: 0, datastores: [], vms: 0 }, ...change });
export const driver = (factor: string, state: Driver['state'], change: Partial<Driver> = {}): Driver => ({
  factor,
  label: 'Label',
  value: 'value',
  state,
  ifFixed: 0,
  evidence: [],
  ...change,
});
export const finding = (rule: string, code: string, change: Partial<Finding> = {}): Finding => ({
  rule,
  code,
  title: 'Title',
  verdict: 'at-risk',
  severity: 'high',
  evidence: [{ text: 'seen', source: 'x', observedAt: null }],
  ...change,
});
export const long = 'x'.repeat(700);
