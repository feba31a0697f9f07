import type { WeeklyDifference } from '@lunwarden/contract';
import { html, type Markup, nothing } from './markup.js';
import { levelChip, tableOf } from './parts.js';

type Move = WeeklyDifference['worse'][number];
type Side = Move['before'];

/** What moved since the week before, or why nothing can be said about it. */
export function changes(difference: WeeklyDifference, hosts: number): Markup {
  const { before, worse, better, appeared, gone } = difference;
  if (before === null)
    return html`<h2>Changes</h2>\n<p>There is no week before this one to compare with. The next report will have changes.</p>\n`;
  return html`<h2>Changes since ${before}</h2>
${difference.policyChanged ? policyNote : nothing}<h3>Worse</h3>
${tableOf(worse, moved, `No host got worse; ${hosts} looked at.`)}<h3>Better</h3>
${tableOf(better, moved, `No host got better; ${hosts} looked at.`)}<h3>New</h3>
${tableOf(appeared, [host, now, why], 'No host is new.')}<h3>Gone</h3>
${tableOf(gone, [host, then, why], 'No host was retired.')}`;
}

const policyNote = html`<p class="note"><strong>Do not compare levels and scores with the week before:</strong> the two weeks were judged with different policies, so a host may have moved without changing.</p>
`;

const side = (of: Side): Markup => (of === null ? html`none` : html`${levelChip(of.level)} ${Math.round(of.score)}`);
const host = { title: 'Host', cell: (move: Move) => html`<bdi>${move.hostname}</bdi>` };
const then = { title: 'Before', cell: ({ before }: Move) => side(before) };
const now = { title: 'Now', cell: ({ after }: Move) => side(after) };
const why = { title: 'Weighs most', cell: ({ reason }: Move) => html`<bdi>${reason ?? 'nothing found'}</bdi>` };
const moved = [host, then, now, why];
