import { LoginRequest, type SessionInfo, SetupRequest, type Welcome } from '@lunwarden/contract';
import { Body, Controller, Inject, Ip, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { Door } from '../http/door.js';
import { parsed } from '../http/parsed.js';
import { type Principal, Who } from '../http/principal.js';
import { AccessService } from './access.service.js';
import { sessionCookie } from './session-cookie.js';
import { infoOf, Sessions } from './sessions.js';
import { type SignedIn, SignInService } from './sign-in.service.js';

@Controller()
export class SignInController {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: Sessions,
    private readonly access: AccessService,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  @Door('welcome')
  async welcome(@Who() who: Principal): Promise<Welcome> {
    return {
      needsSetup: await this.signIn.needsSetup(),
      version: this.config.version,
      session: who.kind === 'user' ? infoOf(who) : null,
    };
  }

  @Door('setup')
  async setup(
    @Body(parsed(SetupRequest)) request: SetupRequest,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionInfo> {
    return this.give(await this.signIn.setup(request, address), reply);
  }

  /** The session of before, if any, ends: one browser has one session. */
  @Door('login')
  async login(
    @Body(parsed(LoginRequest)) request: LoginRequest,
    @Who() before: Principal,
    @Ip() address: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionInfo> {
    const signedIn = await this.signIn.login(request, address);
    if (before.kind === 'user') await this.sessions.close(before.sessionId);
    return this.give(signedIn, reply);
  }

  @Door('logout')
  async logout(@Who() who: Principal, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    if (who.kind === 'user') await this.sessions.close(who.sessionId);
    reply.header('set-cookie', sessionCookie.clear(this.access.site.isHttps));
  }

  private give({ secret, info }: SignedIn, reply: FastifyReply): SessionInfo {
    reply.header('set-cookie', sessionCookie.set(secret, this.access.site.isHttps));
    return info;
  }
}
