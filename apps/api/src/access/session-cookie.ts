import { parseCookie, stringifySetCookie } from 'cookie';

/** `__Host-` binds the cookie to this host, to `/` and to TLS; browsers refuse that name over plain http. */
const nameOf = (isHttps: boolean): string => (isHttps ? '__Host-lw_sid' : 'lw_sid');

/** Lax, because a sign-in elsewhere (OIDC) comes back by a cross-site navigation; writes have a check of their own. */
const attributes = (isHttps: boolean) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isHttps }) as const;

export const sessionCookie = {
  /** The secret in a Cookie header, or null. */
  read: (header: string | undefined, isHttps: boolean): string | null =>
    (header === undefined ? undefined : parseCookie(header)[nameOf(isHttps)]) ?? null,

  /** Set-Cookie header; the server knows the expiry, the browser forgets it when it is closed. */
  set: (secret: string, isHttps: boolean): string => stringifySetCookie(nameOf(isHttps), secret, attributes(isHttps)),

  clear: (isHttps: boolean): string => stringifySetCookie(nameOf(isHttps), '', { ...attributes(isHttps), maxAge: 0 }),
};
