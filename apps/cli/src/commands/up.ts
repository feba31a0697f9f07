import { type StartedApi, startApiFor } from '../api-process.js';

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
  const api = await startApiFor(settings, { ...settings, databaseUrl: database.url, isDashboardServed: true });
  closers.add('The API', api.close);
  const started = { settings, database, api };
  if (isDemo && !stop.isMade) closers.add('The demo', await play(started, world));
  if (stop.isMade) return 0;
  for (const line of banner(started)) world.out(line);
  const end = await Promise.race([stop.made.then(() => 'asked' as const), database.lost.then(() => 'lost' as const)]);
  if (end === 'asked') {
    world.say('Stopping ...');
    return 0;
  }
  throw new CliError('database_lost', `PostgreSQL ended under us (log: ${settings.home}): start Lunwarden again.`);
}

async function play({ settings, database, api }: Started, { say }: World): Promise<() => Promise<void>> {
  // Loaded here: the generator of fleets is no part of a real start.
  const { showDemo } = await import('../show-demo.js');
  return showDemo({ api, databaseUrl: database.url, home: settings.home, say });
}

type Started = { settings: Environment; database: Database; api: StartedApi };

function banner({ settings, database, api }: Started): string[] {
  const lines = ['', `Lunwarden ${ownVersion()}`, `  Database    ${database.description}`, `  Open        ${api.url}`];
  if (api.setupCode !== null) lines.push(`  Setup code  ${api.setupCode}  (once, to make the first administrator)`);
  if (!/^(127\.|localhost$|::1$)/.test(settings.host)) {
    lines.push('  Warning     other machines can reach this port without TLS: put a proxy with TLS in front of it');
  }
  return [...lines, '  Stop        Ctrl-C', ''];
}
