import { csrfHeader, Problem, type Route, routes } from '@lunwarden/contract';
import { CliError } from '../cli-error.js';
import type { Environment } from '../environment.js';
import { passwordFrom } from './password.js';

type Answer = { status: number; body: unknown; text: string };

/** What every command that speaks to a running Lunwarden takes; also the environment may say it. */
export const sessionOptions = { server: { type: 'string' }, login: { type: 'string' } } as const;
export const sessionDetails = [
  '--server URL  the Lunwarden to speak to (LUNWARDEN_URL; default http://127.0.0.1:8420)',
  '--login NAME  user (LUNWARDEN_USER); the password comes from LUNWARDEN_PASSWORD, or is asked',
] as const;

/** A signed-in user of a running Lunwarden. */
export class ApiSession {
  private constructor(
    private readonly server: string,
    private readonly cookie: string,
  ) {}

  /** @throws CliError */
  static async open(environment: Environment, given: { server?: string; login?: string }): Promise<ApiSession> {
    const server = given.server ?? environment.url ?? `http://${environment.host}:${environment.port}`;
    if (!URL.canParse(server))
      throw new CliError('server_url', `${server} is no URL: write it as http://127.0.0.1:8420.`);
    const username = given.login ?? environment.user;
    if (username === null) throw new CliError('login_missing', 'Say who signs in: --login NAME, or LUNWARDEN_USER.');
    const password = await passwordFrom(environment.password, `Password of ${username}`, 'LUNWARDEN_PASSWORD');
    const answer = await send(server, routes.login, { body: { username, password } });
    const cookie = answer.headers.getSetCookie().map((line) => line.split(';', 1)[0]);
    await refuseProblem(answer);
    return new ApiSession(server, cookie.join('; '));
  }

  /** @param path of the route, its parameters filled in. @throws CliError with the server's own next step. */
  async ask(route: Route, { path = route.path, body, file }: Omit<Sending, 'cookie'> = {}): Promise<Answer> {
    const answer = await send(this.server, route, { path, body, file, cookie: this.cookie });
    await refuseProblem(answer);
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: answer.status, text, body: isJson ? JSON.parse(text) : null };
  }

  async close(): Promise<void> {
    await this.ask(routes.logout, { body: {} });
  }
}

/** `file` goes out as it is, in place of `body`. */
type Sending = { path?: string; body?: unknown; file?: Uint8Array; cookie?: string };

async function send(
  server: string,
  route: Route,
  { path = route.path, body, file, cookie }: Sending,
): Promise<Response> {
  const { origin } = new URL(server);
  const headers: Record<string, string> = { accept: 'application/json, text/*', origin };
  // The server takes writes with a cookie only from its own pages; we say so for the session that we opened ourselves.
  if (route.method !== 'GET')
    Object.assign(headers, {
      [csrfHeader.name]: csrfHeader.value,
      'content-type': file === undefined ? 'application/json' : (route.upload?.[0] ?? 'application/octet-stream'),
    });
  if (cookie !== undefined) headers.cookie = cookie;
  try {
    return await fetch(new URL(path, server), {
      method: route.method,
      headers,
      body: route.method === 'GET' ? undefined : file === undefined ? JSON.stringify(body ?? {}) : new Uint8Array(file),
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    });
  } catch (cause) {
    throw new CliError(
      'server_unreachable',
      `Lunwarden does not answer at ${server}: start it (\`npm start\`), or say where it is with --server.`,
      {
        cause,
      },
    );
  }
}

async function refuseProblem(answer: Response): Promise<void> {
  if (answer.ok) return;
  const text = await answer.text();
  const problem = Problem.safeParse(jsonOrNull(text));
  if (!problem.success)
    throw new CliError('server_failed', `Lunwarden answered ${answer.status}: read the server's log.`);
  const { title, detail, code, errors = [] } = problem.data;
  const fields = errors.map(({ path, message }) => `\n  ${path}: ${message}`).join('');
  throw new CliError(code, `${title}${detail ? `: ${detail}` : '.'}${fields}`);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
