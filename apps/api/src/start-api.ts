import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import type { ChangeWindowRequest, EnrollTokenRequest, VcenterRequest, VcenterStatus } from '@lunwarden/contract';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EnrollmentService } from './access/enrollment.service.js';
import { SignInService } from './access/sign-in.service.js';
import { OwnSite } from './access/site.js';
import { appModule } from './app.module.js';
import type { ApiConfig } from './config.js';
import { PreflightDesk } from './gate/preflight-desk.js';
import { WindowsService } from './gate/windows.service.js';
import { serveDashboard } from './http/dashboard.js';
import { securityHeaders } from './http/headers.js';
import { NestLog, openLog } from './http/logger.js';
import { httpServer } from './http/server.js';
import { VcentersService } from './vcenters/vcenters.service.js';

export type StartedApi = {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  url: string;
  /** One-time code with which the first administrator is made; null once there is one. */
  setupCode: string | null;
  /** For the process that started it, which needs no permission. */
  admin: {
    /** The token itself; each use enrols one host. */
    createEnrollToken(request: EnrollTokenRequest): Promise<string>;
    /** Makes an administrator, or gives an existing user this password and the role. @throws ZodError on a weak password */
    createAdmin(username: string, password: string): Promise<void>;
    /** Stores a vCenter and begins to read it. @throws Refusal for an address that is not allowed or there already */
    addVcenter(request: VcenterRequest): Promise<VcenterStatus>;
    /** Plans a change window in the name of `by`. @throws Refusal for one that is over, or hosts that there are not */
    planWindow(request: ChangeWindowRequest, by: string): Promise<void>;
    /** Asks a host for fresh facts in the name of `by`. @throws Refusal for a host that there is not */
    requestPreflight(hostId: string, by: string): Promise<void>;
  };
  /** Ends open requests, jobs and the pool of the database. */
  close(): Promise<void>;
};

/**
 * Starts the API and listens.
 * @throws DoorError, UnsafeDatabaseError, or what the database or the port refuses.
 */
export async function startApi(config: ApiConfig): Promise<StartedApi> {
  const { isHttps } = new OwnSite(config.trustedOrigins);
  const app = await NestFactory.create<NestFastifyApplication>(
    appModule(config),
    httpServer(securityHeaders(isHttps)),
    {
      abortOnError: false,
      bodyParser: false,
      logger: new NestLog(openLog('info')),
    },
  );
  try {
    if (config.dashboardDir !== null) await serveDashboard(app.getHttpAdapter().getInstance(), config.dashboardDir);
    await app.init();
    const signIn = app.get(SignInService);
    const setupCode = config.role === 'worker' ? null : await signIn.offerSetup();
    await app.listen({ port: config.port, host: config.host });
    return {
      url: urlOf(app.getHttpServer().address()),
      setupCode,
      admin: {
        createEnrollToken: async (request) => (await app.get(EnrollmentService).createToken(request)).token,
        createAdmin: (username, password) => signIn.saveAdmin(username, password),
        addVcenter: (request) => app.get(VcentersService).add(request),
        planWindow: async (request, by) => void (await app.get(WindowsService).add(request, by)),
        requestPreflight: async (hostId, by) => void (await app.get(PreflightDesk).request(hostId, by)),
      },
      close: () => app.close(),
    };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** A listener on all addresses is told by one that a browser can open. */
function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new TypeError('The API listens on no TCP port.');
  const open: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '127.0.0.1' };
  const host = open[address.address] ?? (address.family === 'IPv6' ? `[${address.address}]` : address.address);
  return `http://${host}:${address.port}`;
}
