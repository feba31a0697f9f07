import { readFileSync } from 'node:fs';
import { routes, VcenterProbe, VcenterRequest, VcenterStatus, type VcenterTrust } from '@lunwarden/contract';
import { CliError, UsageError } from '../cli-error.js';
import { type Command, parsed, type World } from '../command.js';
import { ApiSession, sessionDetails, sessionOptions } from '../session/api-session.js';
import { passwordFrom } from '../session/password.js';

const options = {
  ...sessionOptions,
  name: { type: 'string' },
  url: { type: 'string' },
  user: { type: 'string' },
  pin: { type: 'string' },
  ca: { type: 'string' },
  loopback: { type: 'boolean' },
} as const;

const parseAll = (args: string[]) => parsed({ args, options, strict: true, allowPositionals: true });
type Values = ReturnType<typeof parseAll>['values'];

export const vcenter: Command = {
  usage: 'vcenter add|list|collect',
  summary: 'Add a vCenter, list them with the age of their maps, or fetch a map now.',
  details: [
    'vcenter list',
    'vcenter add --name N --url https://vc.example --user U [--pin SHA256 | --ca FILE]',
    'vcenter collect NAME',
    '--pin SHA256  fingerprint of the certificate, where no authority that this machine trusts has signed it',
    '--ca FILE     PEM file of the authority that signed it',
    '--loopback    plain http to this machine, for a simulator',
    'The password of the vCenter comes from LUNWARDEN_VCENTER_PASSWORD, or is asked.',
    ...sessionDetails,
  ],
  async run(args, world) {
    const { values, positionals } = parseAll(args);
    const [verb, ...names] = positionals;
    const action = verb === undefined ? undefined : actions.get(verb);
    if (action === undefined) throw new UsageError('Say vcenter add, list or collect.');
    const request = verb === 'add' ? await requestOf(values, world) : null;
    const session = await ApiSession.open(world.environment, values);
    try {
      return await action({ session, world, request, names });
    } finally {
      await session.close();
    }
  },
};

type Call = { session: ApiSession; world: World; request: VcenterRequest | null; names: string[] };

const actions = new Map([
  ['list', list],
  ['add', add],
  ['collect', collect],
]);

async function list({ session, world }: Call): Promise<number> {
  const all = await statuses(session);
  if (all.length === 0) world.say('There is no vCenter yet: add one with `lunwarden vcenter add`.');
  for (const status of all) world.out(lineOf(status));
  return 0;
}

async function add({ session, world, request }: Call): Promise<number> {
  const probe = VcenterProbe.parse((await session.ask(routes.probeVcenter, { body: request })).body);
  if (!probe.ok) {
    const fingerprint =
      probe.sha256 === null
        ? ''
        : `\nIts certificate has the fingerprint ${probe.sha256}: compare it, then repeat with --pin.`;
    throw new CliError('vcenter_refused', `The vCenter was not added: ${probe.message}${fingerprint}`);
  }
  const status = VcenterStatus.parse((await session.ask(routes.addVcenter, { body: request })).body);
  world.out(lineOf(status));
  return 0;
}

async function collect({ session, world, names: [name] }: Call): Promise<number> {
  if (name === undefined) throw new UsageError('Say which: vcenter collect NAME.');
  const found = (await statuses(session)).find((one) => one.name === name || one.id === name);
  if (found === undefined)
    throw new CliError('vcenter_unknown', `There is no vCenter ${name}: see \`lunwarden vcenter list\`.`);
  const path = routes.collectVcenter.path.replace(':id', found.id);
  world.out(lineOf(VcenterStatus.parse((await session.ask(routes.collectVcenter, { path })).body)));
  return 0;
}

async function statuses(session: ApiSession): Promise<VcenterStatus[]> {
  return VcenterStatus.array().parse((await session.ask(routes.listVcenters)).body);
}

function lineOf({ name, url, state, mapCollectedAt, vms, datastores, gaps, lastError }: VcenterStatus): string {
  const map =
    mapCollectedAt === null ? 'no map yet' : `map of ${mapCollectedAt}, ${vms} VMs on ${datastores} datastores`;
  const trouble = [gaps > 0 ? `${gaps} gaps` : null, lastError].filter((text) => text !== null);
  return [name, url, state, map, ...trouble].join('\t');
}

async function requestOf(values: Values, { environment }: World): Promise<VcenterRequest> {
  const { name, url, user } = values;
  if (name === undefined || url === undefined || user === undefined)
    throw new UsageError('vcenter add needs --name, --url and --user.');
  const trust = trustOf(values);
  const password = await passwordFrom(
    environment.vcenterPassword,
    `Password of ${user} at ${url}`,
    'LUNWARDEN_VCENTER_PASSWORD',
  );
  const request = VcenterRequest.safeParse({ name, url, username: user, password, trust });
  if (request.success) return request.data;
  throw new UsageError(request.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

function trustOf({ pin, ca, loopback }: Values): VcenterTrust {
  if ([pin, ca, loopback].filter((one) => one !== undefined).length > 1)
    throw new UsageError('Only one of --pin, --ca and --loopback.');
  if (pin !== undefined) return { kind: 'pin', sha256: pin };
  if (loopback) return { kind: 'loopback' };
  if (ca === undefined) return { kind: 'system' };
  try {
    return { kind: 'ca', pem: readFileSync(ca, 'utf8') };
  } catch (cause) {
    throw new CliError('ca_unreadable', `The file ${ca} cannot be read: correct --ca.`, { cause });
  }
}
