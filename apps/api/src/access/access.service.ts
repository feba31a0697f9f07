import type { IncomingHttpHeaders } from 'node:http';
import { Store } from '@lunwarden/store';
import { Inject, Injectable } from '@nestjs/common';
import { API_CONFIG, type ApiConfig } from '../config.js';
import type { Principal, SessionPrincipal } from '../http/principal.js';
import { AgentKeys } from './agent-keys.js';
import { sessionCookie } from './session-cookie.js';
import { Sessions } from './sessions.js';
import { OwnSite, type Site } from './site.js';
import { hashOfToken } from './token.js';

/** Finds out who speaks, and from where. */
@Injectable()
export class AccessService {
  readonly site: OwnSite;
  private readonly agentKeys: AgentKeys;

  constructor(
    store: Store,
    private readonly sessions: Sessions,
    @Inject(API_CONFIG) config: ApiConfig,
  ) {
    this.site = new OwnSite(config.trustedOrigins);
    this.agentKeys = new AgentKeys((hashes) => store.read.enrollment.hostsOfKeys(hashes));
  }

  /** A request with an Authorization header speaks for a host or for nobody: its cookie is not looked at. */
  async principalOf(headers: IncomingHttpHeaders): Promise<Principal> {
    if (headers.authorization !== undefined) return this.agentOf(headers.authorization);
    return (await this.sessionOfCookie(headers.cookie)) ?? { kind: 'anonymous' };
  }

  /** The session behind a Cookie header; null if there is none or it ended. Counts as use of the session. */
  async sessionOfCookie(header: string | undefined): Promise<SessionPrincipal | null> {
    const secret = sessionCookie.read(header, this.site.isHttps);
    return secret === null ? null : this.sessions.find(secret);
  }

  /** Is it the exact origin of a page of ours? `host` is the Host header of the same request. */
  originIsTrusted(origin: string | undefined, host: string | undefined): boolean {
    return this.site.includes(origin, host);
  }

  siteOf(headers: IncomingHttpHeaders): Site {
    return this.site.of(headers);
  }

  private async agentOf(authorization: string): Promise<Principal> {
    const [, key = ''] = /^Bearer (\S+)$/i.exec(authorization) ?? [];
    const hash = hashOfToken('lwa', key);
    const hostId = hash === null ? null : await this.agentKeys.hostOf(hash);
    return hostId === null ? { kind: 'anonymous' } : { kind: 'agent', hostId };
  }
}
