import type { Known } from '@lunwarden/contract';
import { decodeText } from './decode-text.js';
import { kbOf } from './kb-catalogue.js';
import type { Architecture } from './windows-product.js';

/** What Windows' `systeminfo` says of a host, whatever language it speaks. */
export type Systeminfo = {
  hostname: string;
  /** `Microsoft Windows Server 2019 Datacenter`. */
  caption: string;
  /** `10.0.17763`. */
  version: string;
  /** 0 = none, or not a kind that has them. */
  servicePack: number;
  isServer: boolean;
  architecture: Architecture | null;
  /** `KB4464455`, sorted; unknown if the list was cut. */
  installedUpdates: Known<string[]>;
  /** As printed; `localIso` (without zone) only where day and month cannot be taken for each other. */
  bootedAt: { text: string; localIso: string | null } | null;
};

const mostBytes = 1_048_576;
const mostLines = 20_000;

/**
 * Reads `systeminfo` by its structure: the order of the lines, the shape of a version, of a KB and of a date. Labels are
 * never looked at, for there are some forty translations of them.
 */
export function parseSysteminfo(bytes: Uint8Array): { host: Systeminfo } | { refused: string } {
  if (bytes.length > mostBytes) return { refused: `The file is larger than ${mostBytes} bytes.` };
  const lines = decodeText(bytes)
    .replace(/\u00a0/g, ' ')
    .split(/\r\n|\n|\r/, mostLines);
  const fields = lines.flatMap((line) => fieldOf(line) ?? []);
  const at = fields.findIndex(({ value }) => versionPattern.test(value));
  const [hostname, caption, build] = [fields[at - 2]?.value, fields[at - 1]?.value, fields[at]?.value];
  if (hostname === undefined || caption === undefined || build === undefined || !/windows/i.test(caption))
    return { refused: 'This is no output of systeminfo: name, system and version must stand in its first lines.' };
  if (!/^[\p{L}\p{N}._-]{1,63}$/u.test(hostname)) return { refused: 'The first line holds no host name.' };
  return {
    host: {
      hostname,
      caption: caption.slice(0, 128),
      version: versionPattern.exec(build)?.[1] ?? '',
      servicePack: Number(/Service Pack (\d)/i.exec(build)?.[1] ?? 0),
      isServer: /server/i.test(caption),
      architecture: architectureOf(lines),
      installedUpdates: updatesOf(lines),
      bootedAt: bootOf(fields.slice(at)),
    },
  };
}

/** `10.0.17134 N/D build 17134`, `6.1.7601 Service Pack 1 Build 7601`: the build is told twice, a BIOS tells its once. */
const versionPattern = /^(\d{1,2}\.\d{1,2}\.(\d{4,6}))\s.*\b\2$/;

/** The value behind the label. A label may hold a colon itself, but two blanks never stand before its end. */
function fieldOf(line: string): { value: string } | null {
  const match = /^\S.{0,80}?[:\uff1a]\s{2,}(.*)$/.exec(line) ?? /^\S[^:\uff1a]{0,80}[:\uff1a]\s?(.*)$/.exec(line);
  return match === null ? null : { value: (match[1] ?? '').trim() };
}

function architectureOf(lines: readonly string[]): Architecture | null {
  for (const line of lines) {
    const word = /\b(x64|x86|arm64)(?:-|\b)/i.exec(line.replace(/Family.*/, ''))?.[1]?.toLowerCase();
    if (word === 'x64' || word === 'x86' || word === 'arm64') return word;
  }
  return null;
}

/** Items of the one list that holds KBs; the line above it tells how many there should be. */
function updatesOf(lines: readonly string[]): Known<string[]> {
  const item = /^\s*\[(\d+)\][:\uff1a]\s*(.*?)\s*$/;
  const first = lines.findIndex((line) => /\bKB\d{6,8}\b/i.test(line) && item.test(line));
  if (first === -1) return noList(lines);
  let start = first;
  while (start > 0 && item.test(lines[start - 1] ?? '')) start -= 1;
  let end = first;
  while (end < lines.length && item.test(lines[end] ?? '')) end += 1;
  const said = Number(/[:\uff1a]\D*(\d+)/.exec(lines[start - 1] ?? '')?.[1] ?? Number.NaN);
  // systeminfo itself cuts a long list in the middle of a word.
  if (said !== end - start) return { unknown: 'truncated', detail: `${end - start} of ${said} updates are listed` };
  const kbs = lines.slice(start, end).flatMap((line) => kbOf(item.exec(line)?.[2] ?? '') ?? []);
  return { value: [...new Set(kbs)].toSorted() };
}

/** A host without updates says `N/A` in its own language: nothing to tell that from a list that is missing. */
const noList = (lines: readonly string[]): Known<string[]> =>
  lines.length > 20
    ? { unknown: 'unrecognised_value', detail: 'no update is listed: none installed, or the list is not there' }
    : { unknown: 'truncated' };

/** Two of the header's lines are dates: installed, booted. */
function bootOf(fields: readonly { value: string }[]): Systeminfo['bootedAt'] {
  const dates = fields.map(({ value }) => value).filter((value) => datePattern.test(value));
  const text = dates[1];
  return text === undefined ? null : { text: text.slice(0, 64), localIso: localIso(text) };
}

const datePattern = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\.?,?\s+(\d{1,2})[:.](\d\d)[:.](\d\d)(.*)$/;

function localIso(text: string): string | null {
  const [, a = '', b = '', c = '', hour = '', minute, second, rest = ''] = datePattern.exec(text) ?? [];
  const day = dayOf(a, b, c);
  if (day === null) return null;
  const half = /([ap])\.?m/i.exec(rest)?.[1]?.toLowerCase();
  if (half === undefined && rest.trim() !== '') return null;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'p' ? 12 : 0);
  return hours > 23 ? null : `${day}T${String(hours).padStart(2, '0')}:${minute}:${second}`;
}

/** Year first says the order; else one number must be too large for a month, or both be equal. */
function dayOf(a: string, b: string, c: string): string | null {
  const [x, y] = [Number(a), Number(b)];
  if (a.length === 4) return iso(a, y, Number(c));
  if (c.length !== 4) return null;
  if (x > 12 || x === y) return iso(c, y, x);
  return y > 12 ? iso(c, x, y) : null;
}

function iso(year: string, month: number, day: number): string | null {
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return Number.isNaN(Date.parse(text)) || month > 12 || day > 31 ? null : text;
}
