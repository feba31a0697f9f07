import { gzipSync } from 'node:zlib';
import { ProxyReport } from '@lunwarden/contract';
import { InvalidInput } from '../http/invalid-input.js';
import { Refusal } from '../http/refusal.js';
import { contentHash } from './content-hash.js';
import { inflate } from './inflate.js';
import { scan } from './scan.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export type DecodedReport = { report: ProxyReport; document: Uint8Array; contentHash: Uint8Array };

/**
 * From bytes to a typed report: bounded, strictly UTF-8, scanned, parsed, and nothing that the schema does not know.
 * `document` is what was sent, gzip, to be stored as it came.
 * @throws Refusal too_large | malformed_body | unsupported_media_type
 * @throws InvalidInput with the failing paths
 */
export async function decodeReport(body: Buffer, contentEncoding: string | undefined): Promise<DecodedReport> {
  const bytes = await inflate(body, contentEncoding);
  const result = ProxyReport.safeParse(parse(textOf(bytes)));
  if (!result.success) throw new InvalidInput(result.error.issues);
  return {
    report: result.data,
    document: bytes === body ? gzipSync(bytes, { level: 1 }) : body,
    contentHash: contentHash(result.data),
  };
}

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new Refusal('malformed_body', 'Send JSON in UTF-8.');
  }
}

function parse(text: string): unknown {
  scan(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('malformed_body', 'The body is not JSON.');
  }
}
