import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { CliError } from '../cli-error.js';
import { Closers } from '../closers.js';
import { type Command, parsed, type World } from '../command.js';
import { type Database, openDatabase } from '../database.js';
import { type Environment, portNumber } from '../environment.js';
import { ensureKeyring } from '../keyring.js';
import { requirePort } from '../listen-port.js';
import { listenForStop, type StopRequest } from '../stop-request.js';
import { ownVersion } from '../version.js';

const options = { port: { type: 'string' }, host: { type: 'string' }, demo: { type: 'boolean' } } as const;

export const up: Command = {
  usage: 'up [--port 8420] [--host 127.0.0.1] [--demo]',
  summary: 'Start the database, the API and the dashboard on one port, until Ctrl-C.',
  details: [
    '--port N   port of the dashboard and the API (LUNWARDEN_PORT; default 8420)',
    '--host H   address to listen on (LUNWARDEN_HOST; default 127.0.0.1, this machine only)',
    '--demo     show a made-up fleet from a database of its own',
  ],
  async run(args, world) {
    const { values } = parsed({ args, options, strict: true });
    const { environment } = world;
    const port = values.port === undefined ? environment.port : portNumber(values.port, '--port');
    const settings = { ...environment, host: values.host ?? environment.host, port };
    const stop = listenForStop();
    const closers = new Closers();
    try {
      return await serve({ settings, isDemo: values.demo ?? false, stop, closers, world });
    } finally {
      for (const failure of await closers.close()) world.say(failure);
    }
  },
};

type Serving = { settings: Environment; isDemo: boolean; stop: StopRequest; closers: Closers; world: World };

async function serve({ settings, isDemo, stop, closers, world }: Serving): Promise<number> {
  await requirePort(settings.host, settings.port);
  ensureKeyring(settings.keyringFile);
  world.say('Starting PostgreSQL ...');
  const database = await openDatabase(settings, isDemo ? 'demo' : 'fleet');
  closers.add('PostgreSQL', database.release);
  if (stop.isMade) return 0;
  world.say('Starting the API ...');
  const api = await startOnPort(settings, database);
  closers.add('The API', api.close);
  if (isDemo && !stop.isMade) closers.add('The demo', await startShow({ settings, database, api, world }));
  if (stop.isMade) return 0;
  for (const line of banner({ settings, database, api })) world.out(line);
  const end = await Promise.race([stop.made.then(() => 'asked' as const), database.lost.then(() => 'lost' as const)]);
  if (end === 'asked') {
    world.say('Stopping ...');
    return 0;
  }
  throw new CliError('database_lost', `PostgreSQL ended under us (log: ${settings.home}): start Lunwarden again.`);
}

async function startOnPort(settings: Environment, database: Database): Promise<Api> {
  // Loaded here: `help` and `doctor` need no Nest.
  const { startApi } = await import('@lunwarden/api');
  return startApi({
    databaseUrl: database.url,
    host: settings.host,
    port: settings.port,
    keyringFile: settings.keyringFile,
    dashboardDir: dashboardDirectory(),
    version: ownVersion(),
    role: settings.role,
    trustedOrigins: settings.trustedOrigins,
    allowUnsafeDatabase: settings.allowUnsafeDatabase,
  });
}

type Api = Awaited<ReturnType<typeof import('@lunwarden/api')['startApi']>>;

/** Built dashboard, or null where it was left out. */
function dashboardDirectory(): string | null {
  const manifest = createRequire(import.meta.url).resolve('@lunwarden/dashboard/package.json');
  const directory = join(dirname(manifest), 'dist');
  return existsSync(join(directory, 'index.html')) ? directory : null;
}

type Started = { settings: Environment; database: Database; api: Api };

function banner({ settings, database, api }: Started): string[] {
  const lines = ['', `Lunwarden ${ownVersion()}`, `  Database    ${database.description}`, `  Open        ${api.url}`];
  if (api.setupCode !== null) lines.push(`  Setup code  ${api.setupCode}  (once, to make the first administrator)`);
  if (!/^(127\.|localhost$|::1$)/.test(settings.host)) {
    lines.push('  Warning     other machines can reach this port without TLS: put a proxy with TLS in front of it');
  }
  return [...lines, '  Stop        Ctrl-C', ''];
}

async function startShow(_started: Started & { world: World }): Promise<() => Promise<void>> {
  throw new CliError('demo_missing', 'This build has no demo: start without --demo.');
}
