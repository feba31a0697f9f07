import { type HostSummary, levelLabels, modeLabels, type WeeklyReport, type WeeklySnapshot } from '@lunwarden/contract';
import { levelAt, standingOf, worstFirst } from '../host-standing.js';
import { stateWords, vcenterWords } from '../words.js';
import { html, type Markup } from './markup.js';
import { ageOf, type Column, levelChip, momentIn, tableOf } from './parts.js';

const name: Column<HostSummary> = { title: 'Host', cell: ({ hostname }) => html`<bdi>${hostname}</bdi>` };
const levelOf = ({ takenAt }: WeeklySnapshot): Column<HostSummary> => ({
  title: 'Level',
  cell: (host) => levelChip(levelAt(host, takenAt)),
});
const reason: Column<HostSummary> = {
  title: 'Weighs most',
  cell: ({ topReason }) => html`<bdi>${topReason ?? 'nothing found'}</bdi>`,
};

/** Every host that must not be patched, by name. */
export function blockedHosts({ snapshot }: WeeklyReport): Markup {
  const hosts = snapshot.hosts
    .filter((host) => standingOf(host, snapshot.takenAt) === 'blocked')
    .toSorted(worstFirst(snapshot.takenAt));
  return html`<h2>Must not be patched (${hosts.length})</h2>
${tableOf(
  hosts,
  [
    name,
    levelOf(snapshot),
    { title: 'Score', isNumber: true, cell: ({ score }) => Math.round(score) },
    { title: 'Transport mode', cell: (host) => `${modeLabels[host.mode]} (${host.modeEvidence})` },
    { title: 'Writable LUNs', isNumber: true, cell: lunsOf },
    {
      title: 'VMs in reach',
      isNumber: true,
      cell: ({ vms, blastIsComplete }) => `${blastIsComplete ? '' : '≥ '}${vms}`,
    },
    reason,
  ],
  `No host is critical or high; ${snapshot.hosts.length} checked.`,
)}`;
}

const lunsOf = ({ writableLuns, vmfsLuns }: HostSummary): string =>
  `${writableLuns ?? 'unknown'} of ${vmfsLuns ?? 'unknown'}`;

/** Every host of which nobody can say that it is safe, by name, with the reason. */
export function unknownHosts({ snapshot }: WeeklyReport): Markup {
  const { takenAt } = snapshot;
  const hosts = snapshot.hosts.filter((host) => standingOf(host, takenAt) === 'unknown' || isQuiet(host));
  return html`<h2>Unknown and stale (${hosts.length})</h2>
${tableOf(
  hosts.toSorted(worstFirst(snapshot.takenAt)),
  [
    name,
    levelOf(snapshot),
    { title: 'State', cell: (host) => stateAt(host, takenAt) },
    { title: 'Last report', cell: ({ lastReportAt }) => agoOf(lastReportAt, takenAt) },
    { title: 'Facts known', isNumber: true, cell: ({ completeness }) => `${Math.floor(completeness * 100)} %` },
    reason,
  ],
  `Every host reports and could be judged; ${snapshot.hosts.length} of ${snapshot.hosts.length} checked.`,
)}`;
}

const isQuiet = ({ state }: HostSummary): boolean => state !== 'reporting';
const agoOf = (instant: string | null, at: string): string =>
  instant === null ? 'never' : `${ageOf(instant, at)} before`;

function stateAt(host: HostSummary, at: string): string {
  const hasExpired = levelAt(host, at) !== host.level;
  return hasExpired
    ? `${stateWords[host.state]}; its level (${levelLabels[host.level]}) had expired`
    : stateWords[host.state];
}

/** The maps that say which VMs lie on a LUN, and how old they were. */
export function vcenterMaps({ vcenters, takenAt, timeZone }: WeeklySnapshot): Markup {
  const moment = momentIn(timeZone);
  return html`<h2>vCenter maps</h2>
${tableOf(
  vcenters,
  [
    { title: 'vCenter', cell: ({ name: of }) => html`<bdi>${of}</bdi>` },
    { title: 'State', cell: ({ state }) => vcenterWords[state] },
    { title: 'Map in force', cell: ({ mapCollectedAt }) => moment(mapCollectedAt, 'none') },
    { title: 'Age', isNumber: true, cell: ({ mapCollectedAt }) => ageOf(mapCollectedAt, takenAt) },
    { title: 'Gaps', isNumber: true, cell: ({ gaps }) => gaps },
    { title: 'VMs', isNumber: true, cell: ({ vms }) => vms },
    { title: 'Last error', cell: ({ lastError }) => html`<bdi>${lastError ?? 'none'}</bdi>` },
  ],
  'No vCenter is connected, so nobody knows which VMs are within reach of a proxy.',
)}`;
}
