import { reportLimits } from '@lunwarden/contract';
import { Refusal } from '../http/refusal.js';

const malformed = (detail: string) => new Refusal('malformed_body', detail);

/** How long a string may be before the schema even looks: a whole VPD page in hex is the longest that is legal. */
const stringLength = 2 * reportLimits.stringBytes + 2;

/**
 * One pass over JSON before it is parsed: bounds its depth, its nodes and its strings, and refuses what JSON.parse
 * would take silently: a key twice in one object, `__proto__`, half a surrogate pair. Grammar is left to JSON.parse.
 * It reads bytes and makes no string, because it reads all of every report.
 * @param json UTF-8, proven to be that by whoever decodes it
 * @param outer containers that this text stands in
 * @returns nodes: values, keys and containers as counted against the limit
 * @throws Refusal malformed_body
 */
export function scan(json: Uint8Array, outer = 0): number {
  // By depth: the keys of the object that is open there, null for an array.
  const open: (Keys | null)[] = [];
  let depth = 0;
  let nodes = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) {
      const end = endOfString(json, at);
      if (isKey(json, end)) open[depth]?.add(at + 1, end);
      nodes++;
      at = end;
    } else if (byte === openBrace || byte === openBracket) {
      depth++;
      if (depth + outer > reportLimits.depth) throw malformed(`A report nests at most ${reportLimits.depth} levels.`);
      open[depth] = byte === openBrace ? keysAt(depth).of(json) : null;
      nodes++;
    } else if (byte === closeBrace || byte === closeBracket) depth = Math.max(0, depth - 1);
    else if (byte === comma) nodes++;
    if (nodes > reportLimits.nodes) throw malformed(`A report has at most ${reportLimits.nodes} values.`);
  }
  return nodes;
}

const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** Where the string that opens at `start` closes. */
function endOfString(json: Uint8Array, start: number): number {
  let hasEscape = false;
  for (let at = start + 1; at < json.length; at++) {
    const byte = json[at];
    if (byte === backslash) {
      hasEscape = true;
      at++;
    } else if (byte === quote) {
      if (hasEscape || at - start > stringLength) checkString(json.subarray(start, at + 1));
      return at;
    }
  }
  throw malformed('The JSON ends inside a string.');
}

/** Text that came as UTF-8 has no half character, but an escape can spell one. */
function checkString(literal: Uint8Array): void {
  const text = Buffer.from(literal.buffer, literal.byteOffset, literal.length).toString('utf8');
  if (text.length > stringLength + 1) throw malformed(`A string is at most ${stringLength} characters long.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('The JSON has a damaged string.');
  }
  if (typeof value !== 'string' || /\p{Surrogate}/u.test(value)) throw malformed('The JSON has half a surrogate pair.');
}

function isKey(json: Uint8Array, end: number): boolean {
  let at = end + 1;
  while (at < json.length && (json[at] ?? 0) <= 32) at++;
  return json[at] === colon;
}

const prototype = Buffer.from('__proto__');

/** The largest object of a report, its facts, has some twenty; a bound keeps the search below from growing. */
const mostKeys = 64;

const nothing = new Uint8Array();

/**
 * An object takes over the list of the one before it at its depth, also from the report before: a report has a thousand
 * objects, and a scan is never interrupted.
 */
const spare: Keys[] = [];

function keysAt(depth: number): Keys {
  const known = spare[depth];
  if (known !== undefined) return known;
  const keys = new Keys();
  spare[depth] = keys;
  return keys;
}

/** The keys of one object so far, as places in its text. */
class Keys {
  private readonly places = new Int32Array(2 * mostKeys);
  private used = 0;
  /** A bit for each length modulo 32 that was seen: keys of one object mostly differ in length. */
  private lengths = 0;

  private json: Uint8Array = nothing;

  /** Begins another object. */
  of(json: Uint8Array): this {
    this.json = json;
    this.used = 0;
    this.lengths = 0;
    return this;
  }

  /** @throws Refusal malformed_body for a key that was there before, or that no report has */
  add(start: number, end: number): void {
    const bit = 1 << (end - start);
    if ((this.lengths & bit) !== 0) this.refuseTwice(start, end);
    this.lengths |= bit;
    this.keep(start, end);
    if (end - start === prototype.length && prototype.equals(this.json.subarray(start, end)))
      throw malformed('A key is not allowed.');
    // An escape spells one key in two ways; no key of a report needs any.
    for (let at = start; at < end; at++)
      if (this.json[at] === backslash) throw malformed('A key must not be written with escapes.');
  }

  private keep(start: number, end: number): void {
    if (this.used === this.places.length) throw malformed(`An object has at most ${mostKeys} keys.`);
    this.places[this.used++] = start;
    this.places[this.used++] = end;
  }

  private refuseTwice(start: number, end: number): void {
    for (let n = 0; n < this.used; n += 2) {
      const other = this.places[n] ?? 0;
      if ((this.places[n + 1] ?? 0) - other !== end - start) continue;
      let at = 0;
      while (at < end - start && this.json[other + at] === this.json[start + at]) at++;
      if (at === end - start) throw malformed('An object has a key twice.');
    }
  }
}
