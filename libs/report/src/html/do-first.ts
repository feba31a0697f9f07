import type { HostSummary, Level, WeeklySnapshot } from '@lunwarden/contract';
import { compareText, levelAt, rankOf, standingOf, worstFirst } from '../host-standing.js';
import { html, type Markup } from './markup.js';
import { hostNames, levelChip, tableOf } from './parts.js';

/** Hosts that share their heaviest finding: one piece of work. */
type Task = { reason: string; hosts: HostSummary[] };

const tasksShown = 5;

/** The heaviest findings of blocked and unknown hosts: the worst level first, then what frees most hosts. */
function tasksOf(snapshot: WeeklySnapshot): Task[] {
  const { hosts: all, takenAt } = snapshot;
  const open = all.filter((host) => standingOf(host, takenAt) !== 'ready').toSorted(worstFirst(takenAt));
  const byReason = new Map<string, HostSummary[]>();
  for (const host of open) {
    const reason = host.topReason ?? 'No reason was stored; open the host to see why.';
    byReason.set(reason, [...(byReason.get(reason) ?? []), host]);
  }
  const rank = (task: Task) => rankOf(levelOf(task, takenAt));
  return [...byReason]
    .map(([reason, hosts]) => ({ reason, hosts }))
    .sort((a, b) => rank(a) - rank(b) || b.hosts.length - a.hosts.length || compareText(a.reason, b.reason));
}

/** Hosts of a task are worst first, so the first one gives its level. */
const levelOf = ({ hosts: [worst] }: Task, at: string): Level => (worst === undefined ? 'unknown' : levelAt(worst, at));

export function doFirst(snapshot: WeeklySnapshot): Markup {
  const tasks = tasksOf(snapshot);
  const rest = tasks.length - tasksShown;
  return html`<h2>Do first</h2>
${tableOf(
  tasks.slice(0, tasksShown),
  [
    { title: 'Level', cell: (task) => levelChip(levelOf(task, snapshot.takenAt)) },
    { title: 'What is wrong', cell: ({ reason }) => html`<bdi>${reason}</bdi>` },
    { title: 'Hosts', isNumber: true, cell: ({ hosts }) => hosts.length },
    { title: 'Which', cell: ({ hosts }) => hostNames(hosts) },
    { title: 'Widest reach of one', isNumber: true, cell: ({ hosts }) => widestReach(hosts) },
  ],
  `Nothing to do first: none of ${snapshot.hosts.length} proxies is critical, high or unknown.`,
)}${rest > 0 ? html`<p class="dim">${rest} more in the tables below.</p>\n` : html``}`;
}

/** Reaches overlap, so their sum would count VMs twice; the widest one is a number that is true. */
function widestReach(hosts: readonly HostSummary[]): string {
  const widest = Math.max(...hosts.map(({ vms }) => vms));
  return `${hosts.every(({ blastIsComplete }) => blastIsComplete) ? '' : '≥ '}${widest} VM${widest === 1 ? '' : 's'}`;
}
