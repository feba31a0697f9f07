import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { closed, listening } from './listening.js';

/** What goes wrong with the `nth` call (from 1; every one when absent) of a method. */
export interface Fault {
  readonly method: string;
  readonly nth?: number;
  readonly act: (exchange: Exchange) => Promise<void> | void;
}

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Asks the server behind. */
  readonly forward: () => Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface FaultProxy {
  readonly url: string;
  /** How often each method was called. */
  readonly seen: ReadonlyMap<string, number>;
  readonly userAgents: ReadonlySet<string>;
  stop(): Promise<void>;
}

/** Plain HTTP on this machine in front of a simulator. */
export async function startFaultProxy(upstream: string, faults: readonly Fault[]): Promise<FaultProxy> {
  const seen = new Map<string, number>();
  const userAgents = new Set<string>();
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const method = /Body><(\w+)/.exec(body.toString('latin1'))?.[1] ?? request.url ?? '';
    const nth = (seen.get(method) ?? 0) + 1;
    seen.set(method, nth);
    userAgents.add(request.headers['user-agent'] ?? '');
    const forward = () => ask(upstream, request, body);
    const fault = faults.find((one) => one.method === method && (one.nth ?? nth) === nth);
    if (fault === undefined) answer(response, await forward());
    else await fault.act({ request, response, forward });
  };
  const url = `http://127.0.0.1:${await listening(server)}`;
  return { url, seen, userAgents, stop: () => closed(server) };
}

async function ask(upstream: string, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const headers: Record<string, string> = {};
  for (const name of ['cookie', 'content-type', 'soapaction']) {
    const value = request.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  const path = new URL(request.url ?? '/', upstream);
  const reply = await fetch(path, {
    method: request.method ?? 'GET',
    headers,
    ...(request.method === 'POST' ? { body: new Uint8Array(body) } : {}),
  });
  return { status: reply.status, headers: reply.headers, body: Buffer.from(await reply.arrayBuffer()) };
}

const head = ({ headers }: Answer): Record<string, string | string[]> => ({
  'content-type': headers.get('content-type') ?? 'text/xml',
  'set-cookie': headers.getSetCookie(),
});

export function answer(response: ServerResponse, given: Answer, body: Buffer = given.body): void {
  response.writeHead(given.status, { ...head(given), 'content-length': body.length });
  response.end(body);
}

type Act = Fault['act'];

export const reset: Act = ({ request }) => {
  request.socket.destroy();
};

/** Half of the body, then the connection breaks. */
export const cut: Act = async ({ response, forward }) => {
  const given = await forward();
  response.writeHead(given.status, { ...head(given), 'content-length': given.body.length });
  response.write(given.body.subarray(0, given.body.length >> 1), () => response.destroy());
};

/** Half of the body, and an end as if that were all. */
export const truncate: Act = async ({ response, forward }) => {
  const given = await forward();
  answer(response, given, given.body.subarray(0, given.body.length >> 1));
};

export const garbage: Act = async ({ response, forward }) => {
  const given = await forward();
  const middle = given.body.length >> 1;
  const body = Buffer.concat([given.body.subarray(0, middle), Buffer.from('<<&bogus;'), given.body.subarray(middle)]);
  answer(response, given, body);
};

export const gzip: Act = async ({ response, forward }) => {
  const given = await forward();
  const body = gzipSync(given.body);
  response.writeHead(given.status, { ...head(given), 'content-encoding': 'gzip', 'content-length': body.length });
  response.end(body);
};

export const status =
  (code: number, body = 'Service Unavailable', headers: Record<string, string> = {}): Act =>
  ({ response }) => {
    response.writeHead(code, { 'content-type': 'text/html', ...headers });
    response.end(body);
  };

export const rewrite =
  (change: (xml: string) => string): Act =>
  async ({ response, forward }) => {
    const given = await forward();
    answer(response, given, Buffer.from(change(given.body.toString())));
  };

/** Does something else first, then answers as if nothing had happened. */
export const after =
  (before: () => Promise<void>): Act =>
  async ({ response, forward }) => {
    await before();
    answer(response, await forward());
  };

/** Replaces the properties of matching objects by a missingSet, as vCenter does for an account without rights. */
export const refuseProperties = (matches: (kind: string, id: string) => boolean, fault = 'NoPermission'): Act =>
  rewrite((xml) =>
    xml.replaceAll(/<objects><obj type="(\w+)">([^<]+)<\/obj>.*?<\/objects>/gs, (whole, kind: string, id: string) => {
      if (!matches(kind, id)) return whole;
      const missing = [...whole.matchAll(/<propSet><name>([^<]+)</g)].map(
        ([, path]) =>
          `<missingSet><path>${path}</path><fault><fault xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="${fault}"><object type="${kind}">${id}</object><privilegeId>System.Read</privilegeId></fault></fault></missingSet>`,
      );
      return `<objects><obj type="${kind}">${id}</obj>${missing.join('')}</objects>`;
    }),
  );
