import { z } from 'zod';
import { Text } from './text.js';

/** RFC 9457 problem details. `code` is stable, `detail` says what to do next, `errors` names the failing paths. */
export const Problem = z.strictObject({
  type: Text(200),
  title: Text(200),
  status: z.int().min(400).max(599),
  code: z.string().regex(/^[a-z0-9_]+$/),
  detail: Text(1000).optional(),
  instance: Text(200).optional(),
  errors: z
    .array(z.strictObject({ path: Text(300), message: Text(300) }))
    .max(50)
    .optional(),
});
export type Problem = z.infer<typeof Problem>;
