import { relative, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { isApi } from './door-check.js';

/**
 * Serves the built dashboard beside the API. Files below /assets carry a hash of their content in their name and may
 * be kept for ever; everything else is asked for again. A path of the dashboard's own router gets index.html.
 */
export async function serveDashboard(fastify: FastifyInstance, directory: string): Promise<void> {
  await fastify.register(fastifyStatic, {
    root: directory,
    wildcard: false,
    index: 'index.html',
    serveDotFiles: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const isHashed = relative(directory, path).startsWith(`assets${sep}`);
      reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  fastify.get('/*', (request, reply) => {
    const wantsPage = request.headers.accept?.includes('text/html') === true;
    // A missing script must not be answered with a page: the browser would try to run it.
    if (isApi(request.url) || !wantsPage) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}
