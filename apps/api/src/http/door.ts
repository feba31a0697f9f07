import { type RouteName, routes } from '@lunwarden/contract';
import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';

/** Metadata key under which a handler names its door. */
export const doorKey = 'lunwarden:door';

/**
 * Binds a handler to one row of the contract's route table: method, path, permission and first answer come from there.
 * A handler without a door is refused at boot.
 */
export function Door(name: RouteName): MethodDecorator {
  const { method, path, answers } = routes[name];
  return applyDecorators(
    SetMetadata(doorKey, name),
    RequestMapping({ method: RequestMethod[method], path }),
    HttpCode(Math.min(...Object.keys(answers).map(Number))),
  );
}
