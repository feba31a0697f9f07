import type { VcenterTrust } from '@lunwarden/contract';
import { isLoopbackHost } from './transport/loopback.js';
import { VsphereError } from './vsphere-error.js';

/** Where a vCenter answers: origin only, the paths below /sdk are ours. */
export interface VcenterAddress {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
}

/**
 * @param url `https://name` or `https://name/sdk`; with trust `loopback` it is `http://127.0.0.1:port`.
 * @throws VsphereError `vcenter_address_refused` when address and trust do not fit each other.
 */
export function parseAddress(url: string, trust: VcenterTrust): VcenterAddress {
  const parsed = parse(url);
  const secure = parsed.protocol === 'https:';
  if (!secure && parsed.protocol !== 'http:') throw refused('use an https:// address.');
  if (parsed.username !== '' || parsed.password !== '')
    throw refused('take the account out of the address and give it in its own fields.');
  if (!['', '/', '/sdk', '/sdk/'].includes(parsed.pathname)) throw refused('give the address without a path.');
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  if (trust.kind === 'loopback') {
    if (secure || !isLoopbackHost(host)) throw refused('trust "loopback" is for http:// to this machine only.');
  } else if (!secure) {
    throw refused('plain http would show the password to the network; use https://.');
  }
  if (isMetadataHost(host)) throw refused('it is a link-local address, where no vCenter is.');
  const port = parsed.port === '' ? (secure ? 443 : 80) : Number(parsed.port);
  return { secure, host, port };
}

/** Link-local addresses, 169.254.0.0/16 and fe80::/10, are where clouds keep credentials of machines. */
const isMetadataHost = (host: string): boolean => /^169\.254\.|^fe[89ab][0-9a-f]:|^::ffff:a9fe:/i.test(host);

function parse(url: string): URL {
  try {
    return new URL(url);
  } catch (cause) {
    throw refused('it is not a web address such as https://vcenter.example.com.', cause);
  }
}

const refused = (what: string, cause?: unknown): VsphereError =>
  new VsphereError('vcenter_address_refused', `The vCenter address was refused: ${what}`, { cause });
