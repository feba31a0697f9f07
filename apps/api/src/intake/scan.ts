import { reportLimits } from '@lunwarden/contract';
import { Refusal } from '../http/refusal.js';

const malformed = (detail: string) => new Refusal('malformed_body', detail);

/** How long a string may be before the schema even looks: a whole VPD page in hex is the longest that is legal. */
const stringBytes = 2 * reportLimits.stringBytes + 2;

/**
 * One pass over JSON text before it is parsed: bounds its depth, its nodes and its strings, and refuses what
 * JSON.parse would take silently: a key twice in one object, `__proto__`, text that is no well-formed Unicode.
 * Grammar is left to JSON.parse.
 * @throws Refusal malformed_body
 */
export function scan(text: string): void {
  const keys: (Set<string> | null)[] = [];
  let nodes = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      const end = endOfString(text, at);
      if (isKey(text, end)) keep(keys.at(-1), decoded(text, at, end));
      else decoded(text, at, end);
      nodes++;
      at = end;
    } else if (char === openBrace || char === openBracket) {
      keys.push(char === openBrace ? new Set() : null);
      if (keys.length > reportLimits.depth) throw malformed(`A report nests at most ${reportLimits.depth} levels.`);
      nodes++;
    } else if (char === closeBrace || char === closeBracket) keys.pop();
    else if (char === comma) nodes++;
    if (nodes > reportLimits.nodes) throw malformed(`A report has at most ${reportLimits.nodes} values.`);
  }
}

const quote = 34;
const backslash = 92;
const comma = 44;
const colon = 58;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;

/** Where the string that opens at `start` closes. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === backslash) at++;
    else if (char === quote) return at;
    if (at - start > stringBytes) throw malformed(`A string is at most ${stringBytes} characters long.`);
  }
  throw malformed('The JSON ends inside a string.');
}

function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return text.charCodeAt(at) === colon;
}

/** Escapes can spell a key in two ways or half a character; only strings that have any are worth decoding. */
function decoded(text: string, start: number, end: number): string {
  const raw = text.slice(start, end + 1);
  if (!raw.includes('\\')) return raw.slice(1, -1);
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    throw malformed('The JSON has a damaged escape.');
  }
  if (typeof value !== 'string' || /\p{Surrogate}/u.test(value)) throw malformed('The JSON has half a surrogate pair.');
  return value;
}

function keep(keys: Set<string> | null | undefined, key: string): void {
  if (!keys) return;
  if (key === '__proto__') throw malformed('A key is not allowed.');
  if (keys.has(key)) throw malformed('An object has a key twice.');
  keys.add(key);
}
