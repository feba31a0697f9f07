import { createHash } from 'node:crypto';
import type { Finding } from '@lunwarden/contract';

/** What a finding says and on what grounds, without the times at which it was read: another hash, another risk. */
export function evidenceHash({ rule, verdict, severity, evidence }: Finding): string {
  const grounds = evidence.map(({ text, source }) => [text, source]);
  return createHash('sha256')
    .update(JSON.stringify([rule, verdict, severity, grounds]))
    .digest('hex');
}
