import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { feedLimits, routes } from '@lunwarden/contract';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal.js';

const inflate = promisify(gunzip);

/** A feed file stays in its socket until the guard has let its sender in: no stranger fills our memory. */
export function acceptFeedFiles(fastify: FastifyInstance): void {
  const { path, upload } = routes.importFeed;
  fastify.addContentTypeParser(
    [...upload],
    { bodyLimit: feedLimits.uploadBytes },
    async (request: FastifyRequest, body: Readable) => {
      if (request.routeOptions.url === path) return body;
      throw new Refusal('unsupported_media_type', 'Send application/json in UTF-8.');
    },
  );
}

/** The file of a request, not read yet. @throws Refusal unsupported_media_type */
export const FeedFile = createParamDecorator((_: unknown, context: ExecutionContext): Readable => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  if (body instanceof Readable) return body;
  throw new Refusal('unsupported_media_type', 'Send the file itself as application/octet-stream.');
});

/** @throws Refusal too_large */
export async function bytesOf(file: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of file) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('A file is read as bytes.');
    size += piece.length;
    if (size > feedLimits.uploadBytes)
      throw new Refusal('too_large', `A feed file has at most ${feedLimits.uploadBytes} bytes: compress it with gzip.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

/** Plain bytes of a file that may be gzip, told by its first bytes. @throws Refusal too_large | malformed_body */
export async function inflated(bytes: Buffer): Promise<Buffer> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw new Refusal('malformed_body', 'Take the file out of the zip first.');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await inflate(bytes, { maxOutputLength: feedLimits.inflatedBytes });
  } catch (cause) {
    const isBomb = cause instanceof RangeError;
    if (isBomb) throw new Refusal('too_large', `A feed file inflates to at most ${feedLimits.inflatedBytes} bytes.`);
    throw new Refusal('malformed_body', 'The gzip file is damaged: fetch it again.');
  }
}
