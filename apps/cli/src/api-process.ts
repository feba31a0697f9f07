import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { StartedApi } from '@lunwarden/api';
import type { Environment } from './environment.js';
import { ownVersion } from './version.js';

export type { StartedApi };

type Where = Pick<Environment, 'host' | 'port' | 'role'> & { databaseUrl: string; isDashboardServed: boolean };

/** The API in this process, as the environment wants it. */
export async function startApiFor(environment: Environment, where: Where): Promise<StartedApi> {
  // Loaded here: `help` and `doctor` need no Nest.
  const { startApi } = await import('@lunwarden/api');
  return startApi({
    databaseUrl: where.databaseUrl,
    host: where.host,
    port: where.port,
    role: where.role,
    keyringFile: environment.keyringFile,
    dashboardDir: where.isDashboardServed ? dashboardDirectory() : null,
    version: ownVersion(),
    trustedOrigins: environment.trustedOrigins,
    timeZone: environment.timeZone,
    feedsFolder: join(environment.home, 'feeds'),
    allowUnsafeDatabase: environment.allowUnsafeDatabase,
  });
}

/** Built dashboard, or null where it was left out. */
function dashboardDirectory(): string | null {
  const manifest = createRequire(import.meta.url).resolve('@lunwarden/dashboard/package.json');
  const directory = join(dirname(manifest), 'dist');
  return existsSync(join(directory, 'index.html')) ? directory : null;
}
