import {
  type HostSummary,
  levelLabels,
  modeLabels,
  sheetText,
  type WeeklyDifference,
  type WeeklyReport,
} from '@lunwarden/contract';
import { levelAt, standingOf, worstFirst } from './host-standing.js';
import { visibleText } from './visible-text.js';

type Cell = string | number | boolean;
/** A report, and what happened to each host by its id. */
type Source = WeeklyReport & { changes: ReadonlyMap<string, string> };
type Column = { name: string; cell: (host: HostSummary, source: Source) => Cell };

/** Where a row comes from stands in every row: rows get sorted, filtered and pasted elsewhere. */
const columns: Column[] = [
  { name: 'hostname', cell: (host) => host.hostname },
  { name: 'level', cell: (host, { snapshot }) => levelLabels[levelAt(host, snapshot.takenAt)] },
  { name: 'standing', cell: (host, { snapshot }) => standingOf(host, snapshot.takenAt) },
  { name: 'score', cell: (host) => host.score },
  { name: 'scoreLow', cell: (host) => host.low },
  { name: 'change', cell: changeOf },
  { name: 'topReason', cell: (host) => host.topReason ?? '' },
  { name: 'vmsInReach', cell: (host) => host.vms },
  { name: 'vmsInReachIsComplete', cell: (host) => host.blastIsComplete },
  { name: 'vmfsLuns', cell: (host) => host.vmfsLuns ?? 'unknown' },
  { name: 'writableLuns', cell: (host) => host.writableLuns ?? 'unknown' },
  { name: 'transportMode', cell: (host) => modeLabels[host.mode] },
  { name: 'transportModeEvidence', cell: (host) => host.modeEvidence },
  { name: 'automount', cell: (host) => host.automount },
  { name: 'sanPolicy', cell: (host) => host.sanPolicy },
  { name: 'patchExposure', cell: (host) => host.patch },
  { name: 'completeness', cell: (host) => host.completeness },
  { name: 'state', cell: (host) => host.state },
  { name: 'observedAt', cell: (host) => host.observedAt ?? 'unknown' },
  { name: 'lastReportAt', cell: (host) => host.lastReportAt ?? 'never' },
  { name: 'validUntil', cell: (host) => host.validUntil },
  { name: 'platform', cell: (host) => host.platform },
  { name: 'os', cell: (host) => host.os },
  { name: 'hostId', cell: (host) => host.hostId },
  { name: 'week', cell: (_host, { snapshot }) => snapshot.week },
  { name: 'takenAt', cell: (_host, { snapshot }) => snapshot.takenAt },
  { name: 'timeZone', cell: (_host, { snapshot }) => snapshot.timeZone },
  { name: 'policyVersion', cell: (_host, { snapshot }) => snapshot.policyVersion },
  { name: 'comparedWith', cell: (_host, { difference }) => difference.before ?? 'nothing' },
  { name: 'policyChanged', cell: (_host, { difference }) => difference.policyChanged },
];

/**
 * The hosts of a week, worst first: UTF-8 with a byte order mark (Excel reads it as Latin-1 otherwise), RFC 4180, CRLF.
 * One row per host, so the number of rows is the number of hosts; what is not known says so and is never blank or 0.
 */
export function renderCsv(report: WeeklyReport): string {
  const source = { ...report, changes: changesOf(report.difference) };
  const rows = report.snapshot.hosts
    .toSorted(worstFirst(report.snapshot.takenAt))
    .map((host) => columns.map(({ cell }) => cell(host, source)));
  return `\uFEFF${[columns.map(({ name }) => name), ...rows].map(lineOf).join('')}`;
}

function changesOf({ worse, better, appeared }: WeeklyDifference): Map<string, string> {
  const named = (change: string, moves: WeeklyDifference['worse']) =>
    moves.map(({ hostId }) => [hostId, change] as const);
  return new Map([...named('worse', worse), ...named('better', better), ...named('new', appeared)]);
}

function changeOf({ hostId }: HostSummary, { difference, changes }: Source): string {
  return difference.before === null ? 'not compared' : (changes.get(hostId) ?? 'same');
}

const lineOf = (cells: Cell[]): string => `${cells.map((cell) => quoted(guarded(cell))).join(',')}\r\n`;
const quoted = (cell: string): string => (/[",;'\s]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Numbers are ours; text may be anybody's, and is kept from being run as a formula by a leading apostrophe. */
function guarded(cell: Cell): string {
  if (typeof cell !== 'string') return String(cell);
  const isGuarded = sheetText(cell) !== cell;
  return `${isGuarded ? "'" : ''}${visibleText(cell)}`;
}
