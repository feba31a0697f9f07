import { once } from 'node:events';
import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { VcenterTrust } from '@lunwarden/contract';
import type { VcenterAddress } from '../address.js';
import { userAgent } from '../product.js';
import { VsphereError } from '../vsphere-error.js';
import type { Timeouts } from './timeouts.js';
import { asTransportError } from './transport-error.js';
import { trustedAgent } from './trusted-agent.js';
import { reasonOfAbort, Watchdog } from './watchdog.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  /** Value of `Set-Cookie`, one entry each. */
  readonly setCookie: readonly string[];
  readonly contentType: string;
  /** The body, unpacked. Must be read to its end or left by an exception, which closes the connection. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** HTTP/1.1 to one vCenter: at most two connections, each verified before its first byte; redirects are not followed. */
export class Connection {
  private readonly agent: HttpAgent | HttpsAgent;
  private received = 0;

  constructor(
    private readonly address: VcenterAddress,
    private readonly trust: VcenterTrust,
    private readonly timeouts: Timeouts,
  ) {
    this.agent = trustedAgent(address, trust, timeouts.connectMs);
  }

  /**
   * One exchange. `read` consumes the answer; its errors come through unchanged.
   * @throws VsphereError when nothing whole could be exchanged.
   */
  async exchange<T>(request: HttpRequest, signal: AbortSignal, read: (answer: HttpAnswer) => Promise<T>): Promise<T> {
    const watchdog = new Watchdog(signal);
    const outgoing = this.open(request, watchdog.signal);
    const traffic = trafficOf(outgoing);
    try {
      watchdog.arm('answer', this.timeouts.connectMs + this.timeouts.firstByteMs);
      outgoing.end(request.body);
      const answer: IncomingMessage = (await once(outgoing, 'response', { signal: watchdog.signal }))[0];
      return await read({
        status: answer.statusCode ?? 0,
        setCookie: answer.headers['set-cookie'] ?? [],
        contentType: answer.headers['content-type'] ?? '',
        chunks: this.chunks(answer, watchdog),
      });
    } catch (error) {
      outgoing.destroy();
      const told = reasonOfAbort(watchdog.signal) ?? error;
      throw await asTransportError(told, this.address, this.trust, this.timeouts.connectMs);
    } finally {
      this.received += traffic();
      watchdog.disarm();
    }
  }

  /** Bytes of all answers so far, as they came over the network. */
  get bytesRead(): number {
    return this.received;
  }

  /** Ends the idle connections; the next exchange makes a new one. */
  close(): void {
    this.agent.destroy();
  }

  private open({ method, path, headers, body }: HttpRequest, signal: AbortSignal): ClientRequest {
    const { host, port, secure } = this.address;
    const outgoing = (secure ? requestHttps : requestHttp)({
      host,
      port,
      method,
      path,
      agent: this.agent,
      signal,
      headers: {
        'user-agent': userAgent,
        'accept-encoding': 'gzip',
        ...headers,
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
    });
    // `once` below reports the first error; one that comes after it must not end the process.
    outgoing.on('error', () => undefined);
    return outgoing;
  }

  private async *chunks(answer: IncomingMessage, watchdog: Watchdog): AsyncGenerator<Uint8Array> {
    watchdog.arm('go on with its answer', this.timeouts.idleMs);
    for await (const chunk of unpacked(answer)) {
      watchdog.arm('go on with its answer', this.timeouts.idleMs);
      yield chunk;
    }
  }
}

/** Counts what a request makes its connection receive, which others used before. */
function trafficOf(outgoing: ClientRequest): () => number {
  let before = 0;
  outgoing.once('socket', (socket) => {
    before = socket.bytesRead;
  });
  return () => Math.max(0, (outgoing.socket?.bytesRead ?? 0) - before);
}

function unpacked(answer: IncomingMessage): Readable {
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return answer;
  if (encoding !== 'gzip')
    throw new VsphereError('vcenter_protocol', 'The answer was refused: it is packed in a way that was not asked for.');
  return pipeline(answer, createGunzip(), () => undefined);
}
