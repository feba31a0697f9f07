import { z } from 'zod';
import { Instant, Text } from './text.js';

/** A constant by its place in the policy, e.g. `weights.trigger.pendingReboot`. */
const path = z
  .string()
  .regex(/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/)
  .max(120);

/** One constant that a site may set: ours, its bounds, and what counts here. */
export const SiteConstant = z.strictObject({
  path,
  standard: z.number(),
  min: z.number(),
  max: z.number(),
  current: z.number(),
  /** Who last set it or put it back, and when; null = nobody ever did. */
  changedBy: Text(64).nullable(),
  changedAt: Instant.nullable(),
});
export type SiteConstant = z.infer<typeof SiteConstant>;

/** A change that somebody made; `after` null = put back to the standard of that time. */
export const SiteConstantChange = z.strictObject({
  path,
  before: z.number(),
  after: z.number().nullable(),
  reason: Text(500),
  by: Text(64),
  at: Instant,
});
export type SiteConstantChange = z.infer<typeof SiteConstantChange>;

/** By which constants this site judges. `version` is stored with every verdict. */
export const SitePolicy = z.strictObject({
  version: Text(32),
  standardVersion: Text(32),
  constants: z.array(SiteConstant),
  /** The newest first, at most 200; every change stays on record. */
  changes: z.array(SiteConstantChange),
});
export type SitePolicy = z.infer<typeof SitePolicy>;

/** Set a constant within its bounds, or put it back with `value` null. */
export const SiteConstantRequest = z.strictObject({
  path,
  value: z.number().nullable(),
  reason: Text(500).refine((reason) => reason.trim().length >= 10, 'at least 10 characters'),
});
export type SiteConstantRequest = z.infer<typeof SiteConstantRequest>;
