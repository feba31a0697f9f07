import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ageProblem, esxiBuilds, ttlDays, veeamBuilds } from '@lunwarden/feeds';
import pg from 'pg';
import { type Command, parsed } from '../command.js';
import type { Environment } from '../environment.js';
import { requirePort } from '../listen-port.js';
import { installedBinaries } from '../postgres/binaries.js';
import { runningPostmaster } from '../postgres/postmaster.js';

/** `fail` keeps Lunwarden from starting; `warn` is worth a look. */
type Finding = { state: 'ok' | 'warn' | 'fail'; text: string };
const ok = (text: string): Finding => ({ state: 'ok', text });
const warn = (text: string): Finding => ({ state: 'warn', text });

export const doctor: Command = {
  usage: 'doctor',
  summary: 'Look at this machine and say what would keep Lunwarden from starting.',
  details: ['Changes nothing except making an empty data directory. Exit code 1 if something would fail.'],
  async run(args, { environment, out }) {
    parsed({ args, options: {}, strict: true });
    const database = environment.databaseUrl === null ? embeddedDatabase : ownDatabase;
    const examinations = [node, home, keyring, database, port, tables];
    const findings: Finding[] = [];
    for (const examine of examinations) findings.push(await examined(examine, environment));
    for (const { state, text } of findings) out(`${state.padEnd(5)} ${text}`);
    return findings.some(({ state }) => state === 'fail') ? 1 : 0;
  },
};

type Examine = (environment: Environment) => Finding | Promise<Finding>;

async function examined(examine: Examine, environment: Environment): Promise<Finding> {
  try {
    return await examine(environment);
  } catch (error) {
    return { state: 'fail', text: error instanceof Error ? error.message : String(error) };
  }
}

function node(): Finding {
  const { node: version } = process.versions;
  const isCurrent = Number.parseInt(version, 10) >= 22;
  return isCurrent ? ok(`Node ${version}`) : warn(`Node ${version} is past its end of life: move to Node 24 LTS.`);
}

function home({ home: directory }: Environment): Finding {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  accessSync(directory, constants.W_OK);
  const { bavail, bsize } = statfsSync(directory);
  const freeMiB = Math.floor((bavail * bsize) / 2 ** 20);
  const text = `data directory ${directory}, ${freeMiB} MiB free`;
  return freeMiB < 200 ? { state: 'fail', text: `${text}: a new database needs 200 MiB.` } : ok(text);
}

function keyring({ keyringFile }: Environment): Finding {
  if (!existsSync(keyringFile)) return ok('no keyring yet; the first `lunwarden up` makes it');
  const isOpen = process.platform !== 'win32' && (statSync(keyringFile).mode & 0o077) !== 0;
  if (isOpen) return { state: 'fail', text: `others may read the keyring: chmod 600 ${keyringFile}` };
  return ok(`keyring ${keyringFile}`);
}

function embeddedDatabase({ home: directory }: Environment): Finding {
  const native = installedBinaries();
  const server = runningPostmaster(join(directory, 'postgres/data'));
  return ok(
    server === null
      ? `embedded PostgreSQL in ${native}, not running`
      : `embedded PostgreSQL runs as process ${server.pid}`,
  );
}

async function ownDatabase({ databaseUrl }: Environment): Promise<Finding> {
  const client = new pg.Client({ connectionString: databaseUrl ?? undefined, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    const major = Math.floor((rows[0]?.version ?? 0) / 10_000);
    return major < 15
      ? { state: 'fail', text: `PostgreSQL ${major} is too old: use 15 or newer.` }
      : ok(`PostgreSQL ${major} (DATABASE_URL)`);
  } finally {
    await client.end();
  }
}

async function port({ host, port: number }: Environment): Promise<Finding> {
  await requirePort(host, number);
  return ok(`port ${number} on ${host} is free`);
}

/** What was imported since lies in the database, which need not run for this: the fleet's own feeds are told by `feeds list`. */
function tables(): Finding {
  const bundled = [
    { days: ttlDays['veeam-builds'], ...veeamBuilds },
    { days: ttlDays['esxi-builds'], ...esxiBuilds },
  ];
  const now = new Date().toISOString();
  const old = bundled.filter(({ asOf, days }) => ageProblem(asOf, days, now) !== null);
  const more = '`lunwarden feeds list` tells the age of what is imported, `lunwarden vcenter list` that of the maps';
  const dated = (some: typeof bundled): string =>
    some.map(({ source, asOf }) => `${source} of ${asOf.slice(0, 10)}`).join(', ');
  if (old.length === 0) return ok(`bundled tables of fixed builds: ${dated(bundled)}; ${more}`);
  return warn(
    `bundled tables of fixed builds are too old to clear a build (${dated(old)}): import newer ones; ${more}.`,
  );
}
