import { Controller, Get } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { expect, test } from 'vitest';
import { Door } from './door.js';
import { DoorCheck } from './door-check.js';
import { securityHeaders } from './headers.js';
import { httpServer } from './server.js';

@Controller()
class Listed {
  @Door('health')
  health() {
    return 'ok';
  }
  /** Not a handler: Nest routes no plain method. */
  helper() {
    return 'ok';
  }
}

@Controller()
class WithoutDoor {
  @Get('/secrets')
  secrets() {
    return 'all of them';
  }
}

@Controller()
class SameDoor {
  @Door('health')
  other() {
    return 'ok';
  }
}

@Controller('elsewhere')
class OtherPath {
  @Door('fleet')
  fleet() {
    return [];
  }
}

@Controller('api')
class Unlisted {
  @Get('fleet')
  @Door('fleet')
  fleet() {
    return [];
  }
}

async function boot(...controllers: (new () => object)[]): Promise<NestFastifyApplication> {
  const built = await Test.createTestingModule({
    imports: [DiscoveryModule],
    controllers,
    providers: [DoorCheck],
  }).compile();
  const app = built.createNestApplication<NestFastifyApplication>(httpServer(securityHeaders(false)), {
    logger: false,
    bodyParser: false,
  });
  return app.init();
}

test('starts when each handler stands behind its own door', async () => {
  const app = await boot(Listed);
  expect((await app.inject('/api/v1/health')).statusCode).toBe(200);
  await app.close();
});

test('does not start with a handler that has no door', async () => {
  await expect(boot(Listed, WithoutDoor)).rejects.toThrow('WithoutDoor.secrets has no door');
});

test('does not start when two handlers share a door', async () => {
  await expect(boot(Listed, SameDoor)).rejects.toThrow("already declared for route '/api/v1/health'");
});

test('does not start with a path below /api that the contract does not list', async () => {
  await expect(boot(Unlisted)).rejects.toThrow("is not a row of the contract's route table");
});

test('does not start when a controller moves its door to another path', async () => {
  await expect(boot(OtherPath)).rejects.toThrow('OtherPath has a path of its own');
});
