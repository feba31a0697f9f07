import { z } from 'zod';
import { Text } from './text.js';
import { unknownReasons } from './words.js';

/** The schema of a `Known<T>`; `detail` says in a sentence what was tried, e.g. which right was missing. */
export const known = <T extends z.ZodType>(value: T) =>
  z.union([
    z.strictObject({ value }),
    z.strictObject({ unknown: z.enum(unknownReasons), detail: Text(500).optional() }),
  ]);
