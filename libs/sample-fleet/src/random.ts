import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { skipN } from 'pure-rand/utils/skipN';

/** Draws of one named stream: the same seed and path always draw the same. */
export type Random = {
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  /** True in `percent` of the draws. */
  chance(percent: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** `count` different members in their order in `from`; all of them if there are fewer. */
  some<T>(from: readonly T[], count: number): T[];
  hex(digits: number): string;
  /** A version 4 UUID, lower case. */
  uuid(): string;
};

/** A stream of its own for every path, so that a host drawn more or less moves no other host. */
export function randomOf(seed: number, ...path: readonly (string | number)[]): Random {
  const source = xoroshiro128plus(hashOf(`${seed}/${path.join('/')}`));
  // The first outputs of xoroshiro128+ still show the seed.
  skipN(source, 8);
  const between = (low: number, high: number) => uniformInt(source, low, high);
  const hex = (digits: number) => {
    let text = '';
    while (text.length < digits) text += between(0, 0xffff).toString(16).padStart(4, '0');
    return text.slice(0, digits);
  };
  return {
    between,
    chance: (percent) => between(1, 1000) <= percent * 10,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    some: (from, count) => someOf(from, count, between),
    hex,
    uuid: () => uuidOf(hex(12), '4', hex(18), between(8, 11)),
  };
}

/** RFC 9562: 48 bits, the version, 74 bits around the variant. `variant` is 8..11. */
export function uuidOf(head: string, version: '4' | '7', tail: string, variant: number): string {
  const middle = `${version}${tail.slice(0, 3)}-${variant.toString(16)}${tail.slice(3, 6)}`;
  return `${head.slice(0, 8)}-${head.slice(8, 12)}-${middle}-${tail.slice(6, 18)}`;
}

// Knuth's selection sampling (TAOCP 3.4.2, algorithm S): one pass, keeps the order.
function someOf<T>(from: readonly T[], count: number, between: Random['between']): T[] {
  const taken: T[] = [];
  from.forEach((item, at) => {
    const left = from.length - at;
    if (between(1, left) <= count - taken.length) taken.push(item);
  });
  return taken;
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash | 0;
}
