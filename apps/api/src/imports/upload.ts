import { Readable } from 'node:stream';
import { importLimits, routes } from '@lunwarden/contract';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal.js';

const maxBytes = importLimits.uploadBytes;
const tooLarge = (): Refusal => new Refusal('too_large', `An export has at most ${maxBytes} bytes.`);

/** A file stays in its socket until the guard has let its sender in: no stranger fills our memory. */
export function acceptUploads(fastify: FastifyInstance): void {
  const { path, upload } = routes.importRvtools;
  fastify.addContentTypeParser(
    [...upload],
    { bodyLimit: maxBytes },
    async (request: FastifyRequest, body: Readable) => {
      if (request.routeOptions.url === path) return body;
      throw new Refusal('unsupported_media_type', 'Send application/json in UTF-8.');
    },
  );
}

/** The file of a request, not read yet. */
export const Upload = createParamDecorator((_: unknown, context: ExecutionContext): Readable => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return body instanceof Readable ? body : Readable.from([]);
});

/** @throws Refusal too_large */
export async function bytesOf(upload: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of upload) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('An upload is read as bytes.');
    size += piece.length;
    if (size > maxBytes) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}
