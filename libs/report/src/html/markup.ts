import { visibleText } from '../visible-text.js';

/** Markup that is safe to put into a page. Only `html` makes it, so that text cannot pass for it. */
export class Markup {
  constructor(readonly source: string) {}
}

type Part = Markup | string | number | readonly Markup[];

/** A template whose every value is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  return new Markup(strings.reduce((page, text, at) => page + sourceOf(parts[at - 1] ?? '') + text));
}

/** Text of others: escaped, made visible and isolated, so that its direction cannot reorder the words around it. */
export const foreign = (text: string): Markup => html`<bdi>${text}</bdi>`;

export const nothing = html``;

function sourceOf(part: Part): string {
  if (part instanceof Markup) return part.source;
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(visibleText(part));
  return part.map(({ source }) => source).join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"'`]/g, (character) => entities[character] ?? '');
