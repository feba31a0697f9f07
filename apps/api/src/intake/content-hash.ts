import { hash } from 'node:crypto';
import type { HostFacts, ProxyReport } from '@lunwarden/contract';

/** What surrounds the facts of a report. */
export type ReportHead = Omit<ProxyReport, 'facts'>;

/** SHA-256 of facts in hexadecimal. Object keys stand in the schema's order after parsing, so equal facts are equal text. */
export const factsHash = (facts: HostFacts): string => hash('sha256', JSON.stringify(facts), 'hex');

/** SHA-256 of what a report says, without its envelope: times, counters and durations differ each time and mean nothing new. */
export function contentHash({ collector, collectors }: ReportHead, hashOfFacts: string): Uint8Array {
  const runs = collectors.map(({ name, status, code }) => [name, status, code ?? null]);
  return hash('sha256', JSON.stringify([collector, runs, hashOfFacts]), 'buffer');
}
