import { setTimeout as sleep } from 'node:timers/promises';
import { ChangeWindow, FleetSnapshot, HostGate, Preflight, routes } from '@lunwarden/contract';
import { CliError, UsageError } from '../cli-error.js';
import { type Command, parsed, type World } from '../command.js';
import { ApiSession, sessionDetails, sessionOptions } from '../session/api-session.js';

const options = {
  ...sessionOptions,
  host: { type: 'string' },
  window: { type: 'string' },
  plan: { type: 'boolean', default: false },
  preflight: { type: 'boolean', default: false },
  wait: { type: 'string', default: '600' },
  'accept-steps': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const parseAll = (args: string[]) => parsed({ args, options, strict: true, allowPositionals: true });
type Values = ReturnType<typeof parseAll>['values'];
type Asked = { host: string; window: string; waitSeconds: number; values: Values };

/** What a pre-patch step of SCCM or Ansible reads: nothing but a go is 0. */
const exit = { go: 0, noGo: 1, unknown: 2, notAsked: 3 } as const;
const pollMs = 2_000;

export const gate: Command = {
  usage: 'gate check --host H --window W [--preflight] [--json]',
  summary: 'Ask whether a host may be patched now in a change window; the exit code is the answer.',
  details: [
    '--host H        name or id of the host',
    '--window W      name or id of the change window',
    '--preflight     ask the host for fresh facts first, and wait for its report (administrators)',
    '--wait SECONDS  how long to wait for it, default 600',
    '--plan          how it stands if nothing changes until the window: asks for no pre-flight',
    '--accept-steps  the steps that it names are taken care of: go-with-steps ends with 0',
    '--json          the answer of the server as it is',
    'Exit codes: 0 go; 1 no-go, or steps that are not accepted; 2 unknown; 3 the command line, the names, or the connection.',
    ...sessionDetails,
  ],
  async run(args, world) {
    const asked = askedOf(args);
    try {
      return await check(asked, world);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      // Whatever went wrong, nobody has answered: the codes of an answer must not be taken for it.
      world.say(error instanceof CliError ? error.message : `The gate was not asked: ${String(error)}`);
      return exit.notAsked;
    }
  },
};

function askedOf(args: string[]): Asked {
  const { values, positionals } = parseAll(args);
  if (positionals.join(' ') !== 'check') throw new UsageError('Say gate check.');
  const { host, window } = values;
  if (!host || !window) throw new UsageError('gate check needs --host and --window.');
  const waitSeconds = Number(values.wait);
  if (!/^\d+$/.test(values.wait) || waitSeconds > 3_600)
    throw new UsageError('--wait is a number of seconds up to 3600.');
  if (values.plan && values.preflight)
    throw new UsageError('A plan asks for no pre-flight: drop --plan or --preflight.');
  return { host, window, waitSeconds, values };
}

async function check(asked: Asked, world: World): Promise<number> {
  const session = await ApiSession.open(world.environment, asked.values);
  try {
    const hostId = await hostIdOf(session, asked.host);
    const window = await windowOf(session, asked.window);
    const ask = () => gateOf(session, { hostId, window, plan: asked.values.plan });
    const answer = asked.values.preflight ? await afterPreflight(session, hostId, ask, asked, world) : await ask();
    if (asked.values.json) world.out(JSON.stringify(answer));
    else show(answer, window, world);
    return exitOf(answer, asked.values['accept-steps']);
  } finally {
    // The answer is there; a session that cannot be closed ends by itself.
    await session.close().catch(() => undefined);
  }
}

async function gateOf(
  session: ApiSession,
  { hostId, window, plan }: { hostId: string; window: ChangeWindow; plan: boolean },
): Promise<HostGate> {
  const query = new URLSearchParams({ window: window.id, asks: plan ? 'plan' : 'now' });
  const path = `${routes.hostGate.path.replace(':id', hostId)}?${query}`;
  return HostGate.parse((await session.ask(routes.hostGate, { path })).body);
}

async function afterPreflight(
  session: ApiSession,
  hostId: string,
  ask: () => Promise<HostGate>,
  { waitSeconds }: Asked,
  { say }: World,
): Promise<HostGate> {
  const path = routes.requestPreflight.path.replace(':id', hostId);
  const { requestedAt } = Preflight.parse((await session.ask(routes.requestPreflight, { path })).body);
  say(`Waiting up to ${waitSeconds} s for a report of the host…`);
  const end = performance.now() + waitSeconds * 1_000;
  for (;;) {
    const answer = await ask();
    const isAnswered = answer.preflight?.state === 'answered' && answer.preflight.requestedAt >= requestedAt;
    if (isAnswered || performance.now() >= end) return answer;
    await sleep(pollMs);
  }
}

async function hostIdOf(session: ApiSession, name: string): Promise<string> {
  const { hosts } = FleetSnapshot.parse((await session.ask(routes.fleet)).body);
  const wanted = name.toLowerCase();
  const found = hosts.filter(({ hostId, hostname }) => hostId === wanted || hostname.toLowerCase() === wanted);
  const [host] = found;
  if (host === undefined) throw new CliError('host_unknown', `There is no host ${name} in the fleet: correct --host.`);
  if (found.length > 1)
    throw new CliError(
      'host_ambiguous',
      `Several hosts are called ${name}: say which by its id, ${found.map(({ hostId }) => hostId).join(', ')}.`,
    );
  return host.hostId;
}

async function windowOf(session: ApiSession, name: string): Promise<ChangeWindow> {
  const windows = ChangeWindow.array().parse((await session.ask(routes.listWindows)).body);
  const found = windows.filter((window) => window.id === name.toLowerCase() || window.name === name);
  const [window] = found;
  if (window === undefined)
    throw new CliError('window_unknown', `There is no change window ${name}: correct --window.`);
  if (found.length > 1)
    throw new CliError(
      'window_ambiguous',
      `Several windows are called ${name}: say which by its id, ${found.map(({ id }) => id).join(', ')}.`,
    );
  return window;
}

const words = { go: 'GO', 'go-with-steps': 'GO WITH STEPS', 'no-go': 'NO-GO', unknown: 'UNKNOWN' } as const;

function show(answer: HostGate, window: ChangeWindow, { out }: World): void {
  const asked = answer.asks === 'plan' ? ' as a plan' : '';
  out(`${words[answer.verdict]}  ${answer.hostname} in ${window.name}${asked}, until ${answer.validUntil}`);
  for (const { effect, text } of answer.reasons) out(`  ${effect}: ${text}`);
  for (const [at, { text }] of answer.steps.entries()) out(`  ${at + 1}. ${text}`);
  for (const { state, reason, requestedBy, approvedBy } of answer.overrides)
    out(`  override, ${state}: ${reason} (${[requestedBy, approvedBy].filter((name) => name !== null).join(', ')})`);
}

function exitOf({ verdict }: HostGate, acceptsSteps: boolean): number {
  switch (verdict) {
    case 'go':
      return exit.go;
    case 'go-with-steps':
      return acceptsSteps ? exit.go : exit.noGo;
    case 'no-go':
      return exit.noGo;
    case 'unknown':
      return exit.unknown;
  }
}
