import { createHash } from 'node:crypto';
import type { ProxyReport } from '@lunwarden/contract';

/**
 * SHA-256 of what a report says, without its envelope: times, counters and durations differ each time and mean nothing new.
 * Object keys stand in the schema's order after parsing, so equal content is equal text.
 */
export function contentHash({ facts, collector, collectors }: ProxyReport): Uint8Array {
  const runs = collectors.map(({ name, status, code }) => [name, status, code ?? null]);
  return createHash('sha256')
    .update(JSON.stringify([collector, runs, facts]))
    .digest();
}
