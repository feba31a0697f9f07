import type { HostSummary, Level, VcenterStatus } from '@lunwarden/contract';

/** `1 VM`, `312 VMs`, `1 proxy`, `4 proxies`. */
export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `+3`, `-3` with a real minus sign, or `±0`. */
export const signed = (change: number): string => (change > 0 ? `+${change}` : change < 0 ? `−${-change}` : '±0');

/** Shape and word carry the level; colour only repeats it, so that a grey print says the same. */
export const levelShapes: Record<Level, string> = {
  critical: '✕',
  unknown: '?',
  high: '▲',
  medium: '◆',
  low: '○',
  minimal: '✓',
};

export const stateWords: Record<HostSummary['state'], string> = {
  reporting: 'reporting',
  silent: 'silent',
  stale: 'stale: its last report is too old to trust',
  'never-reported': 'never reported',
  'identity-conflict': 'two machines speak with its key',
};

export const vcenterWords: Record<VcenterStatus['state'], string> = {
  'never-collected': 'never read',
  ok: 'read in full',
  incomplete: 'read in part',
  failed: 'last attempt failed',
  collecting: 'being read',
};
