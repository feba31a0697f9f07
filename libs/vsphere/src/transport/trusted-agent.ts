import { type ClientRequestArgs, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { VcenterTrust } from '@lunwarden/contract';
import type { VcenterAddress } from '../address.js';
import { VsphereError } from '../vsphere-error.js';
import { checkPin } from './certificate.js';
import { isLoopbackIp } from './loopback.js';

type Handover = (error: Error | null, socket: Duplex) => void;
/** Throws when this peer must not get a single byte. */
type Check = (socket: Socket) => void;

const poolOptions = { keepAlive: true, maxSockets: 2, maxFreeSockets: 2 } as const;

/**
 * Hands a socket to HTTP only after the peer has proven who it is. A check in `checkServerIdentity` would come too late:
 * with rejectUnauthorized false Node does not call it for a self-signed certificate and sends the request.
 */
export function trustedAgent(address: VcenterAddress, trust: VcenterTrust, connectMs: number): HttpAgent | HttpsAgent {
  return address.secure ? new SecureAgent(address, trust, connectMs) : new LoopbackAgent(address, connectMs);
}

class SecureAgent extends HttpsAgent {
  constructor(
    private readonly address: VcenterAddress,
    private readonly trust: VcenterTrust,
    private readonly connectMs: number,
  ) {
    super(poolOptions);
  }

  override createConnection(_options: RequestOptions, handover?: Handover): undefined {
    const { trust, address } = this;
    const socket = openTls(address, trust);
    settle(socket, 'secureConnect', this.connectMs, handover, () => {
      if (trust.kind === 'pin') checkPin(socket, trust.sha256);
      else if (!socket.authorized)
        throw new VsphereError('vcenter_certificate_refused', 'The certificate was not verified.');
    });
  }
}

class LoopbackAgent extends HttpAgent {
  constructor(
    private readonly address: VcenterAddress,
    private readonly connectMs: number,
  ) {
    super(poolOptions);
  }

  override createConnection(_options: ClientRequestArgs, handover?: Handover): undefined {
    const socket = connectTcp({ host: this.address.host, port: this.address.port });
    settle(socket, 'connect', this.connectMs, handover, (peer) => {
      if (!isLoopbackIp(peer.remoteAddress ?? ''))
        throw new VsphereError('vcenter_address_refused', 'Trust "loopback" is for http:// to this machine only.');
    });
  }
}

function openTls({ host, port }: VcenterAddress, trust: VcenterTrust): TLSSocket {
  const verified = trust.kind !== 'pin';
  return connectTls({
    host,
    port,
    servername: isIP(host) === 0 ? host : '',
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    // A pinned certificate is mostly signed by nobody known; checkPin above stands in for the chain, before any byte.
    rejectUnauthorized: verified,
    ...(trust.kind === 'ca' ? { ca: trust.pem } : {}),
  });
}

function settle(
  socket: Socket,
  ready: 'connect' | 'secureConnect',
  connectMs: number,
  handover: Handover | undefined,
  check: Check,
): void {
  const timer = setTimeout(() => {
    socket.destroy(new VsphereError('vcenter_deadline', `No connection to the vCenter within ${connectMs} ms.`));
  }, connectMs);
  let pending = true;
  const finish = (error: Error | null): void => {
    clearTimeout(timer);
    if (!pending) return;
    pending = false;
    handover?.(error, socket);
  };
  socket.once('error', finish);
  socket.once('close', () => finish(new Error('the connection was closed while it was being set up')));
  socket.once(ready, () => {
    try {
      check(socket);
      socket.removeListener('error', finish);
      finish(null);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error('refused'));
    }
  });
}
