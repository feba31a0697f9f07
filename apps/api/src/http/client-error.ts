import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { problemOf } from './problem-of.js';

/** Node's codes of requests that never became one: too slow, headers too large; anything else is no HTTP. */
const statusOf: Record<string, number> = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 };

/** Answers what is no request with problem details and closes: after a framing error the next bytes mean nothing. */
export function refuseConnection(error: { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const statusCode = statusOf[error.code ?? ''] ?? 400;
  const body = JSON.stringify(problemOf({ statusCode }, randomUUID()).problem);
  const lines = [
    `HTTP/1.1 ${statusCode} Refused`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
