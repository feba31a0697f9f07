import type { z } from 'zod';
import { InvalidInput } from './invalid-input.js';

/** Zod makes a message and a path for every fault: some tens of thousands of them would hold all callers up for a second. */
const mostFaults = 200;
/** So much of each list is enough to tell its sender what is wrong with it. */
const shownItems = 4;

class TooManyFaults extends Error {
  readonly code = 'too_many_faults';
}

/**
 * What `value` is by the schema. Costs no more for what is wrong in ten thousand places than for what is right.
 * @throws InvalidInput
 */
export function parseBounded<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  let faults = 0;
  const count = (): undefined => {
    if (++faults > mostFaults) throw new TooManyFaults();
  };
  try {
    const result = schema.safeParse(value, { error: count });
    if (result.success) return result.data;
    throw new InvalidInput(result.error.issues);
  } catch (error) {
    if (!(error instanceof TooManyFaults)) throw error;
    throw new InvalidInput(someFaults(schema, value));
  }
}

/** Faults of the beginnings of all lists; if they have none, that there are too many of them. */
function someFaults(schema: z.ZodType, value: unknown): z.core.$ZodIssue[] {
  const { error } = schema.safeParse(shortened(value));
  const message = `More than ${mostFaults} values do not fit the schema.`;
  return [...(error?.issues ?? []), { code: 'custom', path: [], message, input: undefined }];
}

function shortened(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, shownItems).map(shortened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, mostFaults)
      .map(([key, item]) => [key, shortened(item)]),
  );
}
