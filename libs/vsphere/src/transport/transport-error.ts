import type { VcenterTrust } from '@lunwarden/contract';
import type { VcenterAddress } from '../address.js';
import { VimFault } from '../soap/vim-fault.js';
import { VsphereError } from '../vsphere-error.js';
import { meetCertificate, refused } from './certificate.js';

/** Codes of Node's TLS verification, OpenSSL's X509_V_ERR_* by another name. */
const certificateCodes =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*|CERT_.*|ERR_TLS_CERT_.*|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)$/;

const advice: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known to DNS. Check the spelling.',
  EAI_AGAIN: 'DNS did not answer. Try again later.',
  ECONNREFUSED: 'nothing listens at that port. Check the address and that the vCenter runs.',
  ECONNRESET:
    'it closed the connection in the middle of an exchange. Try again; if it stays, look for a proxy in between.',
  EHOSTUNREACH: 'there is no route to it. Check network and firewall.',
  ENETUNREACH: 'there is no route to it. Check network and firewall.',
  ETIMEDOUT: 'the network did not answer. Check network and firewall.',
};

/** A failure below SOAP, as a VsphereError. Errors of this library pass through. */
export async function asTransportError(
  error: unknown,
  address: VcenterAddress,
  trust: VcenterTrust,
  connectMs: number,
): Promise<unknown> {
  if (error instanceof VsphereError || error instanceof VimFault) return error;
  const code = codeOf(error);
  if (certificateCodes.test(code)) {
    const sha256 = await meetCertificate(address, connectMs);
    return refused(whyRefused(code, trust), sha256, error);
  }
  if (code.startsWith('HPE_') || code.startsWith('Z_'))
    return new VsphereError('vcenter_protocol', 'What answers at that address does not speak proper HTTP.', {
      cause: error,
    });
  if (code.startsWith('ERR_SSL') || code === 'EPROTO')
    return new VsphereError('vcenter_unreachable', 'The vCenter does not speak TLS 1.2 or newer at that port.', {
      cause: error,
    });
  const why = advice[code] ?? `the connection broke (${code === '' ? 'no code' : code}).`;
  return new VsphereError('vcenter_unreachable', `The vCenter could not be reached: ${why}`, { cause: error });
}

function whyRefused(code: string, trust: VcenterTrust): string {
  if (code === 'CERT_HAS_EXPIRED') return 'it has expired. Renew it on the vCenter';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return 'it is for another host name. Use the name that it was issued for';
  const authorities = trust.kind === 'ca' ? 'the authority that was given' : 'an authority that this machine trusts';
  return `it is not signed by ${authorities} (${code}). Compare its fingerprint and pin it, or give the vCenter's CA certificate`;
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^[A-Z0-9_]{1,60}$/.test(code) ? code : '';
}
