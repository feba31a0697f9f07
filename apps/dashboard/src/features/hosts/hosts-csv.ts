import { type HostSummary, levelLabels, modeLabels, sheetText } from '@lunwarden/contract';

type Field = readonly [name: string, of: (host: HostSummary) => string | number | null];

/** Names are those of the contract, so that a sheet and the API speak the same. null = unknown is an empty cell beside its state. */
const fields: readonly Field[] = [
  ['hostname', (host) => host.hostname],
  ['level', (host) => levelLabels[host.level]],
  ['score', (host) => host.score],
  ['low', (host) => host.low],
  ['mode', (host) => modeLabels[host.mode]],
  ['modeEvidence', (host) => host.modeEvidence],
  ['automount', (host) => host.automount],
  ['sanPolicy', (host) => host.sanPolicy],
  ['vmfsLuns', (host) => host.vmfsLuns ?? 'unknown'],
  ['writableLuns', (host) => host.writableLuns ?? 'unknown'],
  ['vms', (host) => host.vms],
  ['blastIsComplete', (host) => String(host.blastIsComplete)],
  ['patch', (host) => host.patch],
  ['topReason', (host) => host.topReason],
  ['os', (host) => host.os],
  ['state', (host) => host.state],
  ['observedAt', (host) => host.observedAt],
  ['lastReportAt', (host) => host.lastReportAt],
  ['validUntil', (host) => host.validUntil],
  ['hostId', (host) => host.hostId],
];

function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = sheetText(value);
  return /[",;'\s]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type View = { rows: readonly HostSummary[]; total: number; filter: string; generatedAt: string };

/** Exactly the rows of a view, in its order, with a first line that says which view. RFC 4180 with BOM for Excel. */
export function hostsCsv({ rows, total, filter, generatedAt }: View): string {
  const source = `Lunwarden hosts; ${rows.length} of ${total}; filter ${filter === '' ? 'none' : filter}; generated ${generatedAt}`;
  const lines = [
    cellOf(source),
    fields.map(([name]) => name).join(','),
    ...rows.map((host) => fields.map(([, of]) => cellOf(of(host))).join(',')),
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
