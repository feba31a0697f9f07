import { z } from 'zod';

/** View state of a window's gate. Whatever else a URL brings is dropped. */
export const GateSearch = z.object({
  asks: z.enum(['plan', 'now']).optional().catch(undefined),
  verdict: z.enum(['no-go', 'unknown', 'go-with-steps', 'go']).optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
});
export type GateSearch = z.infer<typeof GateSearch>;
