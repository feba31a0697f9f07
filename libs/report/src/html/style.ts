import { type Level, levels } from '@lunwarden/contract';
import { Markup } from './markup.js';

type Tones = { text: string; soft: string };

// Text reaches 6:1 on its soft ground and on the page. Fills are for small marks, and this page has none.
const light: Record<Level, Tones> = {
  critical: { text: '#730333', soft: '#f9e6ee' },
  unknown: { text: '#4d4d4d', soft: '#f0f0f0' },
  high: { text: '#953c12', soft: '#fcede5' },
  medium: { text: '#6b5200', soft: '#fff6d6' },
  low: { text: '#07559f', soft: '#e6f0fa' },
  minimal: { text: '#1f5f50', soft: '#e5f6f1' },
};
const dark: Record<Level, Tones> = {
  critical: { text: '#ff8cb3', soft: '#3a1124' },
  unknown: { text: '#b4b7b9', soft: '#25282a' },
  high: { text: '#f2aa88', soft: '#382118' },
  medium: { text: '#f7e76b', soft: '#2f2c0f' },
  low: { text: '#8cb3f0', soft: '#14243f' },
  minimal: { text: '#9ce0dc', soft: '#112b2a' },
};

const tonesOf = (tones: Record<Level, Tones>): string =>
  levels
    .map((level) => {
      const { text, soft } = tones[level];
      return `.${level}{--tone:${text};--soft:${soft}}`;
    })
    .join('');

const neutral = {
  light: ':root{--page:#fff;--surface:#f6f7f9;--ink:#1b1f24;--dim:#5b6470;--line:#d5dae0}',
  dark: ':root{--page:#111418;--surface:#191d23;--ink:#e6e9ed;--dim:#9aa4b0;--line:#333b45}',
};

const rules = `
*{box-sizing:border-box}
body{margin:0 auto;padding:24px;max-width:1080px;background:var(--page);color:var(--ink);font:14px/1.45 Inter,"Segoe UI",system-ui,sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:20px;margin:0}h2{font-size:16px;margin:32px 0 8px}h3{font-size:14px;margin:16px 0 4px}.narrow{max-width:480px}p{margin:4px 0}
.dim{color:var(--dim)}ul{margin:4px 0;padding-left:20px}
.verdict{margin:16px 0;padding:12px 16px;border:1px solid var(--tone);border-left-width:8px;border-radius:6px;background:var(--soft)}
.verdict strong{font-size:20px;color:var(--tone)}
.note{padding:8px 12px;border:1px dashed var(--dim);border-radius:6px;background:var(--surface)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;color:var(--dim);padding:0 0 4px}
th,td{text-align:left;vertical-align:top;padding:6px 8px;border-bottom:1px solid var(--line);font-size:13px;overflow-wrap:anywhere}
th{color:var(--dim);font-weight:600}td.number,th.number{text-align:right;white-space:nowrap}
.level{display:inline-block;white-space:nowrap;padding:1px 8px;border:1px solid var(--tone);border-radius:4px;background:var(--soft);color:var(--tone);font-weight:600}
.level.unknown{border-style:dashed}
dt{font-weight:600;margin-top:8px}dd{margin:0}
footer{margin-top:32px;padding-top:8px;border-top:1px solid var(--line);color:var(--dim);font-size:12px}
@page{margin:15mm}`;

// Paper is white whatever the reader's screen is; words, shapes and borders stay when a printer drops the colours.
const print = `@media print{${neutral.light}${tonesOf(light)}body{padding:0;max-width:none}tr,.verdict,.note{break-inside:avoid}h2{break-after:avoid}.scroll{overflow:visible}}`;

export const style = new Markup(
  `:root{color-scheme:light dark}${neutral.light}${tonesOf(light)}@media (prefers-color-scheme:dark){${neutral.dark}${tonesOf(dark)}}${rules}\n${print}`,
);
