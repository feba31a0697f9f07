export { renderCsv } from './csv.js';
export { differenceOf } from './difference.js';
export { renderHtml } from './html/page.js';
export { isoWeekOf, NotAnInstant, UnknownTimeZone, type WeekSpan } from './iso-week.js';
export { verdictOf, type WeeklyVerdict } from './verdict.js';
