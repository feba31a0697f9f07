import { type Level, levelLabels } from '@lunwarden/contract';
import { wallClock } from '../iso-week.js';
import { levelShapes } from '../words.js';
import { html, type Markup } from './markup.js';

export const levelChip = (level: Level): Markup =>
  html`<span class="level ${level}">${levelShapes[level]} ${levelLabels[level]}</span>`;

export type Column<Row> = { title: string; isNumber?: boolean; cell: (row: Row) => Markup | string | number };

/** A table, or the sentence that says what was looked at and found empty: a blank place reads as "fine". */
export function tableOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[], otherwise: string): Markup {
  if (rows.length === 0) return html`<p>${otherwise}</p>\n`;
  const cells = (row: Row) => columns.map(({ cell, isNumber }) => html`<td${numeric(isNumber)}>${cell(row)}</td>`);
  const titles = columns.map(({ title, isNumber }) => html`<th scope="col"${numeric(isNumber)}>${title}</th>`);
  return html`<div class="scroll"><table>
<thead><tr>${titles}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${cells(row)}</tr>\n`)}</tbody>
</table></div>
`;
}

const numeric = (isNumber: boolean | undefined): Markup => (isNumber ? html` class="number"` : html``);

/** `2026-11-22 07:00 UTC+1`: names of zones differ from platform to platform, offsets do not. */
export function momentIn(timeZone: string): (instant: string | null, otherwise?: string) => string {
  return (instant, otherwise = 'never') =>
    instant === null ? otherwise : wallClock(instant, timeZone).toFormat("yyyy-MM-dd HH:mm 'UTC'Z");
}

/** Age at `at` in the largest unit that leaves two or more of it: `25 min`, `19 h`, `3 d`; null = never. */
export function ageOf(instant: string | null, at: string): string {
  if (instant === null) return 'never';
  const minutes = Math.max(0, Math.floor((Date.parse(at) - Date.parse(instant)) / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / (24 * 60))} d`;
}

const namesShown = 8;

/** The first names, and how many more there are. */
export function hostNames(hosts: readonly { hostname: string }[]): Markup {
  const names = hosts.slice(0, namesShown).map(({ hostname }) => hostname);
  const rest = hosts.length - names.length;
  return html`<bdi>${names.join(', ')}</bdi>${rest > 0 ? ` and ${rest} more` : ''}`;
}
