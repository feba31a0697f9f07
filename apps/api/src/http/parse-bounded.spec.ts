import { HostFacts } from '@lunwarden/contract';
import { storyFacts } from '@lunwarden/sample-fleet';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { InvalidInput } from './invalid-input.js';
import { parseBounded } from './parse-bounded.js';

const facts = storyFacts('popular-fix');
const manyOf = (item: unknown, count: number) => ({
  ...facts,
  disks: { value: Array.from({ length: count }, () => item) },
});

function faultsOf(schema: z.ZodType, value: unknown): { path: string; message: string }[] {
  try {
    parseBounded(schema, value);
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
  return [];
}

describe('input that is wrong in thousands of places', () => {
  // Each of them fits the limits on bytes and nodes of a report.
  it.each([
    ['empty disks', manyOf({}, 4096)],
    ['disks of unknown fields', manyOf({ a: 1, b: 1, c: 1, d: 1, e: 1 }, 4000)],
    ['numbers for updates', { ...facts, installedUpdates: { value: Array.from({ length: 5000 }, (_, n) => n) } }],
  ])('is refused before most of it was looked at: %s', (_, value) => {
    // Which values Zod reads is what it costs: a clock would only tell how busy the machine is.
    let looked = 0;
    const counting = z.any().superRefine((item, context) => {
      looked++;
      if (typeof item !== 'string') context.addIssue('no text');
    });
    const schema = z.strictObject({ list: z.array(z.union([z.strictObject({ value: counting }), z.null()])) });
    const list = Array.from({ length: 20_000 }, () => ({ value: 1 }));
    expect(faultsOf(schema, { list }).length).toBeGreaterThan(0);
    expect(looked).toBeLessThan(1_000);
    const faults = faultsOf(HostFacts, value);
    expect(faults.length).toBeGreaterThan(1);
    expect(faults.length).toBeLessThanOrEqual(50);
    expect(faults.some(({ path }) => /^(disks|installedUpdates)\./.test(path))).toBe(true);
  });

  it('is refused also where the first of each list are right', () => {
    const right = 'value' in facts.disks ? facts.disks.value : [];
    const value = { ...facts, disks: { value: [...right, ...right, ...right, ...right, ...Array(3000).fill({})] } };
    expect(faultsOf(HostFacts, value).map(({ message }) => message)).toContain(
      'More than 200 values do not fit the schema.',
    );
  });
});

it('says of a few faults all that the schema says', () => {
  const value = { ...facts, elevated: 'yes', sanPolicy: { value: 'Whatever' } };
  const error = HostFacts.safeParse(value).error!;
  expect(faultsOf(HostFacts, value)).toEqual(new InvalidInput(error.issues).errors);
});

it('takes what fits', () => {
  expect(parseBounded(HostFacts, facts)).toEqual(HostFacts.parse(facts));
});
