import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { SampleVcenter as Estate } from '@lunwarden/sample-fleet';
import { type Account, SampleVcenter } from './sample-vcenter.js';
import { faultAnswer, VimFault } from './soap-answer.js';
import { readRequest } from './soap-request.js';

const maximumRequestBytes = 1_048_576;
const cookieName = 'vmware_soap_session';

export type RunningVcenter = { url: string; port: number; close(): Promise<void> };

/**
 * Serves one vCenter of the sample fleet as vim25 over plain HTTP, on this machine only.
 * @param port 0 = any free one.
 * @throws Error `EADDRINUSE` when another program has the port.
 */
export async function startSampleVcenter(estate: Estate, account: Account, port = 0): Promise<RunningVcenter> {
  const vcenter = new SampleVcenter(estate, account);
  const server = createServer((request, response) => {
    answer(vcenter, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(vcenter: SampleVcenter, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET' && request.url === '/sdk/vimServiceVersions.xml') {
    send(request, response, { status: 200, body: vcenter.versions });
    return;
  }
  const body = request.method === 'POST' && request.url === '/sdk' ? await bodyOf(request) : null;
  if (body === null) response.writeHead(request.method === 'POST' ? 413 : 404).end();
  else send(request, response, call(vcenter, body, cookieOf(request)));
}

type Sent = { status: number; body: string; setCookie?: string };

function call(vcenter: SampleVcenter, body: string, cookie: string | null): Sent {
  try {
    return { status: 200, ...vcenter.answer(readRequest(body), { cookie }) };
  } catch (error) {
    if (error instanceof VimFault) return { status: 500, body: faultAnswer(error) };
    if (error instanceof SyntaxError)
      return { status: 500, body: faultAnswer(new VimFault('InvalidRequest', error.message)) };
    throw error;
  }
}

function send(request: IncomingMessage, response: ServerResponse, { status, body, setCookie }: Sent): void {
  response.setHeader('content-type', 'text/xml; charset=utf-8');
  // vCenter quotes the value; a client must send it back as it came.
  if (setCookie !== undefined) response.setHeader('set-cookie', `${cookieName}="${setCookie}"; Path=/; HttpOnly`);
  const packs = String(request.headers['accept-encoding'] ?? '').includes('gzip');
  if (packs) response.setHeader('content-encoding', 'gzip');
  response.writeHead(status).end(packs ? gzipSync(body) : body);
}

/** Null = longer than any request of the API. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maximumRequestBytes) return null;
  }
  return Buffer.concat(chunks).toString('utf8');
}

const cookieOf = (request: IncomingMessage): string | null =>
  /(?:^|; ?)vmware_soap_session="?([\w-]+)"?/.exec(request.headers.cookie ?? '')?.[1] ?? null;
