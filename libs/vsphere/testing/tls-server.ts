import { X509Certificate } from 'node:crypto';
import { connect } from 'node:net';
import { createServer, type SecureVersion } from 'node:tls';
import { generate } from 'selfsigned';
import { closed, listening } from './listening.js';

export interface Certificate {
  readonly key: string;
  readonly pem: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** A self-signed certificate, which is its own authority, as a fresh vCenter has it. */
export async function selfSigned(more: { host?: string; from?: Date; to?: Date } = {}): Promise<Certificate> {
  const host = more.host ?? '127.0.0.1';
  const name = host === '127.0.0.1' ? ({ type: 7, ip: host } as const) : ({ type: 2, value: host } as const);
  const made = await generate([{ name: 'commonName', value: host }], {
    algorithm: 'sha256',
    ...(more.from === undefined ? {} : { notBeforeDate: more.from }),
    ...(more.to === undefined ? {} : { notAfterDate: more.to }),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames: [name] },
    ],
  });
  const sha256 = new X509Certificate(made.cert).fingerprint256.replaceAll(':', '').toLowerCase();
  return { key: made.private, pem: made.cert, sha256 };
}

export interface TlsServer {
  readonly url: string;
  /** Bytes of HTTP that came in, over all connections: what a client trusted this certificate with. */
  received(): number;
  /** Completed or failed handshakes; proves that a zero above is not an idle server. */
  handshakes(): number;
  stop(): Promise<void>;
}

interface TlsOptions {
  /** Plain server behind; without it nothing is answered. */
  readonly upstream?: string;
  readonly maxVersion?: SecureVersion;
}

/** A TLS server that counts, with this certificate. */
export async function startTlsServer(
  certificate: Certificate,
  { upstream, maxVersion }: TlsOptions = {},
): Promise<TlsServer> {
  let received = 0;
  let handshakes = 0;
  const oldTls =
    maxVersion === undefined ? {} : ({ maxVersion, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const);
  const server = createServer({ key: certificate.key, cert: certificate.pem, ...oldTls }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received += chunk.length;
    });
    if (upstream === undefined) return;
    const { hostname, port } = new URL(upstream);
    const behind = connect(Number(port), hostname);
    behind.on('error', () => socket.destroy());
    socket.on('close', () => behind.destroy());
    socket.pipe(behind).pipe(socket);
  });
  server.on('connection', () => {
    handshakes++;
  });
  server.on('tlsClientError', () => undefined);
  const url = `https://127.0.0.1:${await listening(server)}`;
  return { url, received: () => received, handshakes: () => handshakes, stop: () => closed(server) };
}
