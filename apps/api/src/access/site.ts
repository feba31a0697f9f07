import type { IncomingHttpHeaders } from 'node:http';

/** Where a browser says that a request comes from; `unsaid` = no browser of the last years, or no browser. */
export type Site = 'own' | 'other' | 'unsaid';

/** A trusted origin could never match: better told at the start than as a refusal of every write. */
export class TrustedOriginError extends Error {
  readonly code = 'trusted_origin_malformed';
}

/** The addresses under which browsers know us. */
export class OwnSite {
  /** True behind a proxy that speaks TLS: its https origin is then among the trusted ones. */
  readonly isHttps: boolean;

  private readonly trustedOrigins: readonly string[];

  /** @throws TrustedOriginError for what is not the address of a site. */
  constructor(trustedOrigins: readonly string[]) {
    this.trustedOrigins = trustedOrigins.map(originOf);
    this.isHttps = this.trustedOrigins.some((origin) => origin.startsWith('https:'));
  }

  /** Exact comparison, scheme and port included; `null` and a missing origin are not ours. */
  includes(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined || origin === 'null') return false;
    if (this.trustedOrigins.includes(origin)) return true;
    return host !== undefined && origin === `${this.isHttps ? 'https' : 'http'}://${host}`;
  }

  /** Fetch metadata decides where the browser sends it; Origin decides for those that do not. */
  of(headers: IncomingHttpHeaders): Site {
    const fetchSite = headers['sec-fetch-site'];
    if (fetchSite !== undefined) return fetchSite === 'same-origin' ? 'own' : 'other';
    if (headers.origin === undefined) return 'unsaid';
    return this.includes(headers.origin, headers.host) ? 'own' : 'other';
  }
}

/** As browsers spell it: without a path, without the default port, in lower case. */
function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new TrustedOriginError(`'${text}' is no origin: write it like https://lunwarden.example.`);
  return url.origin;
}
