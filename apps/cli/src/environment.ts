import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from './cli-error.js';

const roles = ['all', 'api', 'worker'] as const;
type ApiRole = (typeof roles)[number];

/** Everything that the command line takes from the environment. The README's table of settings follows this list. */
export type Environment = {
  /** LUNWARDEN_HOME: embedded database and keyring. Default `.lunwarden` in the project. */
  home: string;
  /** DATABASE_URL: a PostgreSQL of the user's own; null = the embedded one. */
  databaseUrl: string | null;
  /** LUNWARDEN_KEYRING_FILE. Default `keyring` in the home. */
  keyringFile: string;
  host: string;
  port: number;
  role: ApiRole;
  /** LUNWARDEN_TRUSTED_ORIGINS, separated by commas: addresses under which browsers see the dashboard behind a proxy. */
  trustedOrigins: string[];
  /** LUNWARDEN_TIME_ZONE: in whose Monday mornings a week is closed, e.g. Europe/Berlin. Default UTC. */
  timeZone: string;
  /** LUNWARDEN_UNSAFE_DATABASE=1: accept a database without fsync; for tests. */
  allowUnsafeDatabase: boolean;
  /** Signing in from the command line. */
  url: string | null;
  user: string | null;
  password: string | null;
  vcenterPassword: string | null;
};

/** Directory of the workspace: this file lies in apps/cli/src or apps/cli/dist. */
export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** @throws UsageError naming the variable that makes no sense. */
export function readEnvironment(variables: Record<string, string | undefined> = process.env): Environment {
  // Compose files pass an unset variable as an empty one.
  const text = (name: string) => variables[name]?.trim() || null;
  const home = resolve(text('LUNWARDEN_HOME') ?? join(projectRoot, '.lunwarden'));
  return {
    home,
    databaseUrl: postgresUrl(text('DATABASE_URL')),
    keyringFile: resolve(text('LUNWARDEN_KEYRING_FILE') ?? join(home, 'keyring')),
    host: text('LUNWARDEN_HOST') ?? '127.0.0.1',
    port: portNumber(text('LUNWARDEN_PORT') ?? '8420', 'LUNWARDEN_PORT'),
    role: role(text('LUNWARDEN_ROLE') ?? 'all'),
    trustedOrigins: (text('LUNWARDEN_TRUSTED_ORIGINS') ?? '').split(',').map(trimmed).filter(Boolean),
    timeZone: text('LUNWARDEN_TIME_ZONE') ?? 'UTC',
    allowUnsafeDatabase: text('LUNWARDEN_UNSAFE_DATABASE') === '1',
    url: text('LUNWARDEN_URL'),
    user: text('LUNWARDEN_USER'),
    password: text('LUNWARDEN_PASSWORD'),
    vcenterPassword: text('LUNWARDEN_VCENTER_PASSWORD'),
  };
}

const trimmed = (origin: string) => origin.trim();

/** A TCP port, 1 to 65535. */
export function portNumber(value: string, name: string): number {
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new UsageError(`${name} is ${value}, but a port is a number from 1 to 65535.`);
  }
  return port;
}

function role(value: string): ApiRole {
  const found = roles.find((known) => known === value);
  if (found === undefined) throw new UsageError(`LUNWARDEN_ROLE is ${value}, but must be all, api or worker.`);
  return found;
}

function postgresUrl(value: string | null): string | null {
  if (value === null) return null;
  // Not repeated in the message: it holds a password.
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
    throw new UsageError('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  }
  return value;
}
