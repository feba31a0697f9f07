import { routes } from '@lunwarden/contract';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { doorKey } from './door.js';

/** A handler stands behind no door: the API would let in whom it should not. */
export class DoorError extends Error {
  readonly code = 'door_missing';
}

/** Refuses to start unless each handler stands behind a door. That no two share one is Fastify's law: one handler a path. */
@Injectable()
export class DoorCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getControllers()) {
      const name = metatype?.name ?? 'A controller';
      if (metatype !== null && Reflect.getMetadata('path', metatype) !== '/')
        throw new DoorError(`${name} has a path of its own: its doors name the whole path, so use @Controller().`);
      for (const { method, door } of this.doorsOf(instance))
        if (typeof door !== 'string' || !Object.hasOwn(routes, door))
          throw new DoorError(`${name}.${method} has no door: put @Door('…') on it, a row of the contract's table.`);
    }
  }

  private *doorsOf(instance: object): Generator<{ method: string; door: unknown }> {
    const prototype: unknown = Object.getPrototypeOf(instance);
    if (typeof prototype !== 'object' || prototype === null) return;
    for (const method of this.scanner.getAllMethodNames(prototype)) {
      const handler: unknown = Reflect.get(prototype, method);
      // Nest routes what carries a path.
      if (typeof handler === 'function' && Reflect.hasMetadata('path', handler))
        yield { method, door: Reflect.getMetadata(doorKey, handler) };
    }
  }
}

/** Fastify's own view of the same law: all that Nest routes is a row of the table; beside it there are only files. */
export function refuseUnlistedRoute(route: { method: string | string[]; url: string }): void {
  const rows = Object.values(routes);
  for (const method of [route.method].flat()) {
    const isFile = (method === 'GET' || method === 'HEAD') && !isApi(route.url);
    const isListed = rows.some((row) => row.path === route.url && isServedBy(row.method, method));
    if (!isFile && !isListed)
      throw new DoorError(`${method} ${route.url} is not a row of the contract's route table: add it there.`);
  }
}

export const isApi = (url: string): boolean => /^\/+api(\/|$)/i.test(url);

/** Fastify answers HEAD where it answers GET. */
const isServedBy = (listed: string, method: string): boolean =>
  method === listed || (method === 'HEAD' && listed === 'GET');
