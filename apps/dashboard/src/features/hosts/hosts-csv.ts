import { type HostSummary, levelLabels, modeLabels, sheetText } from '@lunwarden/contract';
import type { Column } from './columns.js';

type Field = readonly [name: string, of: (host: HostSummary) => string | number | null, column?: Column['key']];

/**
 * Names are those of the contract, so that a sheet and the API speak the same. Those with a column go with it, the
 * others say which host it is and how far its row may be trusted, and always stand there.
 */
const fields: readonly Field[] = [
  ['hostname', (host) => host.hostname],
  ['level', (host) => levelLabels[host.level], 'level'],
  ['score', (host) => host.score, 'level'],
  ['low', (host) => host.low, 'level'],
  ['mode', (host) => modeLabels[host.mode], 'mode'],
  ['modeEvidence', (host) => host.modeEvidence, 'mode'],
  ['automount', (host) => host.automount, 'automount'],
  ['sanPolicy', (host) => host.sanPolicy, 'san'],
  ['vmfsLuns', (host) => host.vmfsLuns ?? 'unknown', 'luns'],
  ['writableLuns', (host) => host.writableLuns ?? 'unknown', 'luns'],
  ['vms', (host) => host.vms, 'vms'],
  ['blastIsComplete', (host) => String(host.blastIsComplete), 'vms'],
  ['patch', (host) => host.patch, 'patch'],
  ['topReason', (host) => host.topReason, 'reason'],
  ['os', (host) => host.os, 'os'],
  ['state', (host) => host.state],
  ['observedAt', (host) => host.observedAt],
  ['lastReportAt', (host) => host.lastReportAt, 'report'],
  ['validUntil', (host) => host.validUntil],
  ['hostId', (host) => host.hostId],
];

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = sheetText(value);
  return /[",;'\s]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type View = {
  rows: readonly HostSummary[];
  total: number;
  filter: string;
  generatedAt: string;
  /** Those in sight. */
  columns: readonly Column['key'][];
};

/** Exactly the rows and columns of a view, in its order, with a first line that says which view. RFC 4180 with BOM for Excel. */
export function hostsCsv({ rows, total, filter, generatedAt, columns }: View): string {
  const shown = fields.filter(([, , column]) => column === undefined || columns.includes(column));
  const source = `Lunwarden hosts; ${rows.length} of ${total}; filter ${filter === '' ? 'none' : filter}; generated ${generatedAt}`;
  const lines = [
    cellOf(source),
    shown.map(([name]) => name).join(','),
    ...rows.map((host) => shown.map(([, of]) => cellOf(of(host))).join(',')),
  ];
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

/** `lunwarden-hosts_<view>_<UTC>.csv`, with nothing in it that a file system dislikes. */
export function csvName(filter: string, generatedAt: string): string {
  const view =
    filter
      .replaceAll(/[^A-Za-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 60) || 'all';
  return `lunwarden-hosts_${view}_${generatedAt.replaceAll(/[-:]|\.\d+/g, '')}.csv`;
}
