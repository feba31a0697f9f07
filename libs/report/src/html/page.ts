import { type Level, levels, type WeeklyReport, type WeeklySnapshot } from '@lunwarden/contract';
import { levelAt } from '../host-standing.js';
import { verdictOf, type WeeklyVerdict } from '../verdict.js';
import { countOf, signed } from '../words.js';
import { changes } from './difference.js';
import { doFirst } from './do-first.js';
import { glossary } from './glossary.js';
import { foreign, html, type Markup, nothing } from './markup.js';
import { ageOf, levelChip, momentIn, tableOf } from './parts.js';
import { style } from './style.js';
import { blockedHosts, unknownHosts, vcenterMaps } from './tables.js';

const verdictWords = { 'not-ready': 'NOT READY', unknown: 'UNKNOWN', ready: 'READY' } as const;
const verdictLevels = { 'not-ready': 'critical', unknown: 'unknown', ready: 'minimal' } as const;

/**
 * One self-contained page: no script, nothing loaded from elsewhere, prints in grey, light and dark.
 * The same report gives the same bytes. Text of others is escaped and shown with its invisible characters.
 */
export function renderHtml(report: WeeklyReport): string {
  const { snapshot, difference } = report;
  const verdict = verdictOf(snapshot);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${snapshot.week} ${verdictWords[verdict.word]} - Lunwarden weekly fleet risk</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Weekly fleet risk ${snapshot.week}</h1>
<p class="dim">${spanOf(snapshot)}</p>
${takenNote(snapshot)}</header>
<main>
${verdictBox(verdict)}${counts(report)}${doFirst(snapshot)}${changes(difference, snapshot.hosts.length)}${blockedHosts(report)}${unknownHosts(report)}${vcenterMaps(snapshot)}${glossary}</main>
${provenance(snapshot)}</body>
</html>
`;
  return page.source;
}

function spanOf({ startsAt, endsAt, timeZone, hosts, vcenters }: WeeklySnapshot): Markup {
  const moment = momentIn(timeZone);
  return html`${moment(startsAt)} to ${moment(endsAt)} (${foreign(timeZone)}), ${countOf(hosts.length, 'proxy', 'proxies')}, ${countOf(vcenters.length, 'vCenter')}`;
}

const dayMs = 86_400_000;

/** A reader takes a weekly report for the end of its week, unless told. */
function takenNote({ takenAt, endsAt, timeZone }: WeeklySnapshot): Markup {
  const lateMs = Date.parse(takenAt) - Date.parse(endsAt);
  const at = momentIn(timeZone)(takenAt);
  if (lateMs < 0) return html`<p class="note">The week is not over: this is the fleet as it stood at ${at}.</p>\n`;
  return lateMs < dayMs
    ? nothing
    : html`<p class="note">This week was closed late: this is the fleet as it stood at ${at}, ${ageOf(endsAt, takenAt)} after its end.</p>\n`;
}

function verdictBox({ word, sentence, hosts, gaps }: WeeklyVerdict): Markup {
  return html`<section class="verdict ${verdictLevels[word]}" aria-label="Verdict">
<p><strong>${verdictWords[word]}</strong></p>
<p>${sentence}</p>
<p>${hosts.blocked} blocked, ${hosts.unknown} unknown, ${hosts.ready} ready, ${hosts.total} in all.</p>
${gaps.length > 0 ? html`<ul>${gaps.map((gap) => html`<li>${foreign(gap)}</li>`)}</ul>\n` : nothing}</section>
`;
}

function counts(report: WeeklyReport): Markup {
  const { snapshot, difference } = report;
  const change = (level: Level) => (difference.before === null ? 'no week before' : signed(difference.levels[level]));
  const reporting = snapshot.hosts.filter(({ state }) => state === 'reporting').length;
  return html`<h2>Numbers</h2>
<div class="narrow">
${tableOf(
  levels,
  [
    { title: 'Level', cell: (level) => levelChip(level) },
    { title: 'Hosts', isNumber: true, cell: (level) => snapshot.levels[level] },
    {
      title: difference.before === null ? 'Change' : `Change since ${difference.before}`,
      isNumber: true,
      cell: change,
    },
  ],
  '',
)}</div>
<p>VMs at risk: <strong>${vmsAtRisk(snapshot)}</strong> (${vmsChange(report)}).</p>
${expiredNote(snapshot)}<p>Coverage: ${reporting} of ${snapshot.hosts.length} proxies reported in time.</p>
`;
}

/** The counts are as they were stored; a level that had expired by then must not pass for one that holds. */
function expiredNote({ hosts, takenAt }: WeeklySnapshot): Markup {
  const expired = hosts.filter((host) => levelAt(host, takenAt) !== host.level).length;
  return expired === 0
    ? nothing
    : html`<p class="note">${countOf(expired, 'host')} of these had a level that had expired when the week was closed, and is listed as unknown below.</p>\n`;
}

/** Distinct VMs behind critical, high or unknown hosts, out of the VMs of all maps. */
function vmsAtRisk({ vmsAtRisk: { count, isComplete }, vcenters }: WeeklySnapshot): string {
  const total = vcenters.reduce((sum, { vms }) => sum + vms, 0);
  const isWhole = vcenters.length > 0 && vcenters.every(({ mapCollectedAt }) => mapCollectedAt !== null);
  return `${isComplete ? '' : 'at least '}${count} of ${isWhole ? '' : 'at least '}${total}`;
}

function vmsChange({ snapshot, difference }: WeeklyReport): string {
  if (difference.before === null) return 'no week before';
  if (difference.vmsAtRisk !== null) return `${signed(difference.vmsAtRisk)} since ${difference.before}`;
  const which = snapshot.vmsAtRisk.isComplete ? difference.before : snapshot.week;
  return `no change is given: the count of ${which} is a lower bound`;
}

function provenance({ takenAt, endsAt, timeZone, policyVersion, hosts }: WeeklySnapshot): Markup {
  const isOpen = Date.parse(takenAt) < Date.parse(endsAt);
  const fate = isOpen
    ? 'Preview: the week is still open, so these figures will change.'
    : 'Stored once when the week was closed and never changed.';
  const reports = hosts.map(({ lastReportAt }) => lastReportAt);
  const oldest = reports.includes(null) ? null : (reports.toSorted()[0] ?? null);
  const age =
    hosts.length === 0 ? 'no report' : oldest === null ? 'a proxy that never reported' : ageOf(oldest, takenAt);
  return html`<footer><p>Data as of ${momentIn(timeZone)(takenAt)}. Oldest report: ${age}. Policy version ${foreign(policyVersion)}. ${fate}</p></footer>
`;
}
