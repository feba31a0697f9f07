import { Readable } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './refusal.js';

/** A route that takes a file, and how large one may be. */
export type FileRoute = { path: string; upload: readonly string[]; mostBytes: number };

/** A file stays in its socket until the guard has let its sender in: no stranger fills our memory. */
export function acceptFiles(fastify: FastifyInstance, { path, upload, mostBytes }: FileRoute): void {
  fastify.addContentTypeParser(
    [...upload],
    { bodyLimit: mostBytes },
    async (request: FastifyRequest, body: Readable) => {
      if (request.routeOptions.url === path) return body;
      throw new Refusal('unsupported_media_type', 'Send application/json in UTF-8.');
    },
  );
}

/** A file that is not read yet; `bytes` as its sender announced them, null = he did not. */
export type IncomingFile = { content: Readable; bytes: number | null };

/** The file of a request. @throws Refusal unsupported_media_type */
export const UploadedFile = createParamDecorator((_: unknown, context: ExecutionContext): IncomingFile => {
  const { body, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  if (!(body instanceof Readable))
    throw new Refusal('unsupported_media_type', 'Send the file itself, and not JSON about it.');
  const bytes = Number(headers['content-length'] ?? Number.NaN);
  return { content: body, bytes: Number.isSafeInteger(bytes) ? bytes : null };
});

/**
 * A file piece by piece. Whoever stops early leaves the rest in the socket, so that the answer still gets out.
 * @throws Refusal too_large
 */
export async function* piecesOf(content: Readable, mostBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of content.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('A file is read as bytes.');
    size += piece.length;
    if (size > mostBytes) throw new Refusal('too_large', `The file may have at most ${mostBytes} bytes.`);
    yield piece;
  }
}

/** All of a file. @throws Refusal too_large */
export async function bytesOf(content: Readable, mostBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(content, mostBytes)) pieces.push(piece);
  return Buffer.concat(pieces);
}
