import { routes } from '@lunwarden/contract';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './refusal.js';

/** Bytes that any route but the report's takes: the largest is a vCenter with a CA bundle of 64 KiB. */
const smallBodyBytes = 131_072;

/**
 * A body stays bytes until the caller is known: `@Body(parsed(…))` decodes it behind the guard, `@RawBody()` hands it over.
 * Only JSON comes in, and only a report may be compressed; its intake bounds what it inflates.
 */
export function acceptJsonBytes(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      if (!isUtf8(request.headers['content-type']))
        throw new Refusal('unsupported_media_type', 'Send application/json in UTF-8.');
      if (request.routeOptions.url === routes.report.path) return body;
      if (request.headers['content-encoding'] !== undefined)
        throw new Refusal('unsupported_media_type', 'Send this body without content-encoding.');
      if (body.length > smallBodyBytes) throw new Refusal('too_large', `Send at most ${smallBodyBytes} bytes.`);
      return body;
    },
  );
}

const isUtf8 = (contentType: string | undefined): boolean =>
  /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '');

/** The body as it came, bytes not yet decoded nor inflated; empty if there was none. */
export const RawBody = createParamDecorator((_: unknown, context: ExecutionContext): Buffer => {
  const { body } = context.switchToHttp().getRequest<FastifyRequest>();
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
});
