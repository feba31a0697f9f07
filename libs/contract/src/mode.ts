import { z } from 'zod';
import { Instant, Text } from './text.js';
import { transportModes } from './words.js';

export const TransportModeSchema = z.enum(transportModes);

/**
 * How the backup product is told to read, and how it was seen to read.
 * `directKind` splits Veeam's DirectAccess: only `san` exposes production VMFS LUNs.
 */
export const TransportFact = z.strictObject({
  configured: z.enum(['auto', 'direct-san', 'virtual-appliance', 'network']),
  directKind: z.enum(['san', 'nfs', 'snapshot', 'unknown']).optional(),
  allowFallback: z.boolean().optional(),
  observed: z
    .array(z.strictObject({ mode: TransportModeSchema, tasks: z.int().min(0), lastSeenAt: Instant }))
    .max(8)
    .optional(),
  product: Text(120).optional(),
  source: z.enum(['product', 'operator']),
});
export type TransportFact = z.infer<typeof TransportFact>;
