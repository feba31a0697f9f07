import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { acceptJsonBytes } from './body.js';
import { refuseConnection } from './client-error.js';
import { refuseUnlistedRoute } from './door-check.js';
import type { WriteHeaders } from './headers.js';
import { sendProblem } from './problem-filter.js';
import { problemOf } from './problem-of.js';

/** Bounds of the HTTP server; Node's own are 60 s, 300 s and 2000 headers. */
const limits = {
  bodyBytes: 1_048_576,
  headersMs: 10_000,
  requestMs: 30_000,
  /** Node looks for overdue requests only this often. */
  checkMs: 2_000,
  headers: 60,
  headerBytes: 16_384,
  connections: 8_000,
} as const;

/** Fastify below Nest: bounded in time and size, JSON in bytes, no route that the contract does not list. */
export function httpServer(writeHeaders: WriteHeaders): FastifyAdapter {
  const adapter = new FastifyAdapter({
    logger: false,
    trustProxy: false,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    forceCloseConnections: true,
    http: {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      maxHeaderSize: limits.headerBytes,
    },
    // Errors of the router come before any hook.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      writeHeaders(request.raw, reply.raw);
      sendProblem(reply, problemOf(error, randomUUID()));
    },
    clientErrorHandler: refuseConnection,
  });
  const fastify = adapter.getInstance();
  fastify.server.maxHeadersCount = limits.headers;
  fastify.server.maxConnections = limits.connections;
  fastify.addHook('onRoute', refuseUnlistedRoute);
  fastify.addHook('onRequest', async (request, reply) => writeHeaders(request.raw, reply.raw));
  acceptJsonBytes(fastify);
  return adapter;
}
