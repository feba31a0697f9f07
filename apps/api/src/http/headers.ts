import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import { isApi } from './door-check.js';

export type WriteHeaders = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Headers of every answer, errors included. Nothing inline, nothing from elsewhere: the dashboard keeps its styles and
 * scripts in files, so that no exception is needed. HSTS only behind TLS; it speaks for this host name alone.
 */
export function securityHeaders(isHttps: boolean): WriteHeaders {
  const write = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        // Older Safari does not count the own host's socket as 'self'.
        connectSrc: ["'self'", (request) => ownSocket(request.headers.host, isHttps)],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        objectSrc: ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
  return (request, response) => {
    write(request, response, (error) => {
      if (error !== undefined) throw error;
    });
    if (isApi(request.url ?? '')) response.setHeader('cache-control', 'no-store');
  };
}

/** A Host header is the caller's: only what is a host and port may become part of the policy. */
const ownSocket = (host: string | undefined, isHttps: boolean): string =>
  host !== undefined && /^[a-z0-9.-]+(:\d+)?$|^\[[0-9a-f:]+\](:\d+)?$/i.test(host)
    ? `${isHttps ? 'wss' : 'ws'}://${host}`
    : "'self'";
