import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { reportLimits } from '@lunwarden/contract';
import { Refusal } from '../http/refusal.js';

const inflateGzip = promisify(gunzip);
const tooLarge = () =>
  new Refusal(
    'too_large',
    `A report is at most ${reportLimits.compressedBytes} bytes compressed and ${reportLimits.inflatedBytes} inflated.`,
  );

/**
 * The bytes of a report, bounded before and after inflating.
 * @throws Refusal too_large | malformed_body | unsupported_media_type
 */
export async function inflate(body: Buffer, contentEncoding: string | undefined): Promise<Buffer> {
  switch (contentEncoding?.toLowerCase()) {
    case undefined:
    case 'identity':
      if (body.length > reportLimits.inflatedBytes) throw tooLarge();
      return body;
    case 'gzip':
      if (body.length > reportLimits.compressedBytes) throw tooLarge();
      return inflateBounded(body);
    default:
      throw new Refusal('unsupported_media_type', 'Send the report plain or with content-encoding gzip.');
  }
}

async function inflateBounded(body: Buffer): Promise<Buffer> {
  try {
    return await inflateGzip(body, { maxOutputLength: reportLimits.inflatedBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new Refusal('malformed_body', 'The gzip stream is damaged or incomplete.');
  }
}
