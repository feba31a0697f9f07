import { timingSafeEqual, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { VcenterAddress } from '../address.js';
import { VsphereError } from '../vsphere-error.js';

/** SHA-256 of the peer's certificate in DER: 64 lower-case hexadecimal digits, or null before the handshake. */
export function fingerprintOf(socket: TLSSocket): string | null {
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? null : fingerprintOfCertificate(certificate);
}

const fingerprintOfCertificate = (certificate: X509Certificate): string =>
  certificate.fingerprint256.replaceAll(':', '').toLowerCase();

/**
 * @param sha256 pinned fingerprint, 64 lower-case hexadecimal digits.
 * @throws VsphereError `vcenter_certificate_refused` when another or an expired certificate was shown.
 */
export function checkPin(socket: TLSSocket, sha256: string): void {
  const certificate = socket.getPeerX509Certificate();
  const met = certificate === undefined ? null : fingerprintOfCertificate(certificate);
  if (certificate === undefined || met === null) throw refused('the vCenter showed no certificate', null);
  if (met.length !== sha256.length || !timingSafeEqual(Buffer.from(met), Buffer.from(sha256)))
    throw refused('it is not the pinned one. If the certificate was replaced on purpose, compare and pin it anew', met);
  if (Date.parse(certificate.validTo) < Date.now())
    throw refused('it has expired. Renew it on the vCenter and pin the new one', met);
}

/** What a refused peer shows, so that an administrator can compare it. Nothing is sent on this connection. */
export async function meetCertificate({ host, port }: VcenterAddress, connectMs: number): Promise<string | null> {
  return await new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      servername: isIP(host) === 0 ? host : '',
      // The chain was refused already; this connection only reads the certificate and is destroyed.
      rejectUnauthorized: false,
    });
    const finish = (sha256: string | null): void => {
      socket.destroy();
      resolve(sha256);
    };
    socket.setTimeout(connectMs, () => finish(null));
    socket.once('secureConnect', () => finish(fingerprintOf(socket)));
    socket.once('error', () => finish(null));
  });
}

export const refused = (what: string, sha256: string | null, cause?: unknown): VsphereError => {
  const shown = sha256 === null ? '' : ` Its SHA-256 fingerprint is ${sha256}.`;
  return new VsphereError('vcenter_certificate_refused', `The vCenter's certificate was refused: ${what}.${shown}`, {
    cause,
    ...(sha256 === null ? {} : { sha256 }),
  });
};
