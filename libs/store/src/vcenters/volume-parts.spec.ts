import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partsOf } from './volume-parts.js';

type Said = { name: string; keys: string[] };
const said = (name: string, ...keys: string[]): Said => ({ name, keys });
const names = (objects: readonly Said[]) =>
  partsOf(objects, ({ keys }) => keys).map((part) => part.map(({ name }) => name));

it('parts objects that share no key, and joins those that a third one joins', () => {
  expect(names([said('a', '1'), said('b', '1', '2'), said('c', '3')])).toEqual([['a', 'b'], ['c']]);
  expect(names([said('a', '1'), said('b', '2'), said('c', '2', '1')])).toEqual([['a', 'b', 'c']]);
  expect(names([said('a', '3'), said('b', '1'), said('c', '2'), said('d', '2', '1')])).toEqual([
    ['a'],
    ['b', 'c', 'd'],
  ]);
});

it('makes no part of an object whose LUNs nobody knows', () => {
  expect(names([said('a'), said('b', '1'), said('c', '2')])).toEqual([['a', 'b'], ['c']]);
  expect(names([said('a'), said('b')])).toEqual([['a', 'b']]);
  expect(names([said('b', '1'), said('a')])).toEqual([['b', 'a']]);
});

it('says the same whatever order they come in, and forgets nobody', () => {
  const keys = fc.uniqueArray(fc.constantFrom('1', '2', '3', '4', '5'), { maxLength: 3 });
  const objects = fc
    .array(keys, { minLength: 1, maxLength: 6 })
    .map((all) => all.map((one, n) => said(`${n}`, ...one)));
  const parted = (all: readonly Said[]) =>
    names(all.filter((one) => one.keys.length > 0))
      .map((part) => part.toSorted().join(' '))
      .toSorted();
  fc.assert(
    fc.property(objects, fc.nat(), (all, seed) => {
      const shuffled = all.toSorted((a, b) => ((Number(a.name) * 7 + seed) % 11) - ((Number(b.name) * 7 + seed) % 11));
      expect(parted(shuffled)).toEqual(parted(all));
      expect(names(all).flat().toSorted()).toEqual(all.map(({ name }) => name));
      for (const [a, ...rest] of partsOf(all, (one) => one.keys))
        for (const b of rest) expect(all.indexOf(a!)).toBeLessThan(all.indexOf(b));
    }),
  );
});
