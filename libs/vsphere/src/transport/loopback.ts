import { isIPv4 } from 'node:net';

/** A host as it stands in a URL. `localhost` passes here and is checked again on the connected socket. */
export const isLoopbackHost = (host: string): boolean => host === 'localhost' || isLoopbackIp(host);

/** 127.0.0.0/8, ::1, and the former mapped into IPv6. */
export const isLoopbackIp = (ip: string): boolean => {
  const bare = ip.toLowerCase().replace(/^::ffff:/, '');
  return bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
};
