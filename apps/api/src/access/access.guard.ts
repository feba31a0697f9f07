import {
  csrfHeader,
  type Permission,
  permissionsOfRole,
  type Route,
  type RouteName,
  routes,
} from '@lunwarden/contract';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { doorKey } from '../http/door.js';
import { type Principal, setPrincipal } from '../http/principal.js';
import { Refusal } from '../http/refusal.js';
import { AccessService } from './access.service.js';
import { SignInService, setupIsDone } from './sign-in.service.js';

/** Deny by default: nobody passes but by the permission that the contract gives to the door. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly access: AccessService,
    private readonly signIn: SignInService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = routeOf(Reflect.getMetadata(doorKey, context.getHandler()));
    const { permission } = route;
    const who = await this.access.principalOf(request.headers);
    setPrincipal(request, who);
    this.refuseOtherSites(request, route, who);
    if (permission === 'setup' && !(await this.signIn.needsSetup())) throw setupIsDone();
    if (mayPass(who, permission)) return true;
    throw who.kind === 'anonymous'
      ? new Refusal('unauthorized', 'Sign in, or send the key of this host.')
      : new Refusal('forbidden', 'Your role does not allow this.');
  }

  /** A browser sends its cookie along with whatever another site makes it send; such a write is refused. */
  private refuseOtherSites(request: FastifyRequest, { permission, upload }: Route, who: Principal): void {
    if (request.method === 'GET' || request.method === 'HEAD') return;
    const site = this.access.siteOf(request.headers);
    const isByCookie = who.kind === 'user';
    const givesCookie = permission === 'public' || permission === 'setup';
    if (site === 'other' && (isByCookie || givesCookie)) throw otherSite();
    if (!isByCookie || givesCookie) return;
    if (site !== 'own' || request.headers[csrfHeader.name] !== csrfHeader.value) throw otherSite();
    // None of these types is among those that a form of another site could send.
    const types = ['application/json', ...(upload ?? [])];
    if (!types.some((type) => request.headers['content-type']?.startsWith(type)))
      throw new Refusal('unsupported_media_type', `Send ${types.join(' or ')}, also with an empty body.`);
  }
}

function routeOf(door: unknown): Route {
  const isDoor = (name: unknown): name is RouteName => typeof name === 'string' && Object.hasOwn(routes, name);
  if (isDoor(door)) return routes[door];
  throw new TypeError('A handler without a door was reached.');
}

function mayPass(who: Principal, permission: Permission): boolean {
  switch (permission) {
    case 'public':
    case 'setup':
    case 'agent:enroll':
      return true;
    case 'agent:report':
      return who.kind === 'agent';
    default:
      return who.kind === 'user' && permissionsOfRole[who.role].includes(permission);
  }
}

const otherSite = (): Refusal =>
  new Refusal(
    'cross_site',
    `A write needs ${csrfHeader.name}: ${csrfHeader.value} and must come from a page of this server; behind a proxy, name its origin among the trusted ones.`,
  );
