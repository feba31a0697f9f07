import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { feedLimits } from '@lunwarden/contract';
import { pieceChars } from '@lunwarden/feeds';
import { Refusal } from '../http/refusal.js';

/**
 * Plain bytes of a file that may be gzip, told by its first bytes; none of them larger than what is read in one turn.
 * @throws Refusal too_large | malformed_body
 */
export async function* inflatedPieces(file: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const start = await startOf(file);
  if (start[0] === 0x50 && start[1] === 0x4b)
    throw new Refusal('malformed_body', 'Take the file out of the zip first.');
  const whole = joined(start, file);
  const pieces = start[0] === 0x1f && start[1] === 0x8b ? inflated(whole) : whole;
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > feedLimits.inflatedBytes)
      throw new Refusal('too_large', `A feed file inflates to at most ${feedLimits.inflatedBytes} bytes.`);
    for (let at = 0; at < piece.length; at += pieceChars) yield piece.subarray(at, at + pieceChars);
  }
}

/** Enough to tell what the file is. */
const startBytes = 512;

async function startOf(file: AsyncGenerator<Buffer>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < startBytes) {
    const next = await file.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return start;
}

async function* joined(start: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  yield* rest;
}

async function* inflated(packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { objectMode: false });
  const gunzip = createGunzip({ chunkSize: pieceChars });
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const piece of source.pipe(gunzip)) if (Buffer.isBuffer(piece)) yield piece;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new Refusal('malformed_body', 'The gzip file is damaged: fetch it again.');
    throw error;
  } finally {
    source.destroy();
  }
}
