import { SetupRequest } from '@lunwarden/contract';
import { startApiFor } from '../api-process.js';
import { UsageError } from '../cli-error.js';
import { Closers } from '../closers.js';
import { type Command, parsed, type World } from '../command.js';
import { openDatabase } from '../database.js';
import { ensureKeyring } from '../keyring.js';
import { passwordFrom } from '../session/password.js';

const Credentials = SetupRequest.pick({ username: true, password: true });

export const admin: Command = {
  usage: 'admin create --user NAME',
  summary: 'Make an administrator, or give one a new password and end its sessions.',
  details: [
    'For whoever holds this machine: works on the database itself, also while Lunwarden runs.',
    'The password (12 characters or more) comes from LUNWARDEN_PASSWORD, or is asked.',
  ],
  async run(args, world) {
    const options = { user: { type: 'string' } } as const;
    const { values, positionals } = parsed({ args, options, strict: true, allowPositionals: true });
    if (positionals.join(' ') !== 'create' || values.user === undefined)
      throw new UsageError('Say admin create --user NAME.');
    const password = await passwordFrom(
      world.environment.password,
      `New password of ${values.user}`,
      'LUNWARDEN_PASSWORD',
    );
    const credentials = Credentials.safeParse({ username: values.user, password });
    if (!credentials.success)
      throw new UsageError(credentials.error.issues.map(({ message }) => `It takes ${message}.`).join(' '));
    await save(credentials.data, world);
    return 0;
  },
};

async function save({ username, password }: { username: string; password: string }, world: World): Promise<void> {
  const closers = new Closers();
  try {
    ensureKeyring(world.environment.keyringFile);
    const database = await openDatabase(world.environment, 'fleet');
    closers.add('PostgreSQL', database.release);
    // On a port that nobody knows, without jobs: only its door for the process that started it is used.
    const where = {
      host: '127.0.0.1',
      port: 0,
      role: 'api',
      databaseUrl: database.url,
      isDashboardServed: false,
    } as const;
    const api = await startApiFor(world.environment, where);
    closers.add('The API', api.close);
    await api.admin.createAdmin(username, password);
    world.say(`${username} is an administrator and can sign in.`);
  } finally {
    for (const failure of await closers.close()) world.say(failure);
  }
}
