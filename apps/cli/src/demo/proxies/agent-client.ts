import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import {
  EnrollReceipt,
  type EnrollRequest,
  Problem,
  type ProxyReport,
  ReportReceipt,
  routes,
} from '@lunwarden/contract';

const pack = promisify(gzip);
const timeoutMs = 30_000;

/** What came of speaking to the API; nothing here is thrown. */
export type Spoken<T> =
  | { kind: 'ok'; value: T }
  /** 401 or 403: token or key are not (or no longer) known. */
  | { kind: 'not-known'; detail: string }
  | { kind: 'busy'; retryAfterMs: number }
  | { kind: 'unreachable' }
  /** The API will not take this, now or later. */
  | { kind: 'refused'; detail: string };

/** The two doors of a proxy, spoken to as a collector does: JSON, reports with gzip. */
export class AgentClient {
  constructor(
    private readonly apiUrl: string,
    private readonly signal: AbortSignal,
  ) {}

  async enroll(request: EnrollRequest): Promise<Spoken<EnrollReceipt>> {
    const spoken = await this.#post(routes.enroll.path, JSON.stringify(request), {});
    return read(spoken, (body) => EnrollReceipt.safeParse(body).data);
  }

  async report(key: string, report: ProxyReport): Promise<Spoken<ReportReceipt>> {
    const headers = { authorization: `Bearer ${key}`, 'content-encoding': 'gzip' };
    const spoken = await this.#post(routes.report.path, await pack(JSON.stringify(report)), headers);
    return read(spoken, (body) => ReportReceipt.safeParse(body).data);
  }

  async #post(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ): Promise<Spoken<unknown>> {
    try {
      const signal = AbortSignal.any([this.signal, AbortSignal.timeout(timeoutMs)]);
      const answer = await fetch(new URL(path, this.apiUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        signal,
      });
      return toldBy(answer.status, answer.headers.get('retry-after'), await answer.text());
    } catch {
      // fetch throws for everything between here and a status: refused connections, resets, time-outs, the end.
      return { kind: 'unreachable' };
    }
  }
}

function read<T>(spoken: Spoken<unknown>, parse: (body: unknown) => T | undefined): Spoken<T> {
  if (spoken.kind !== 'ok') return spoken;
  const value = parse(spoken.value);
  return value === undefined ? { kind: 'refused', detail: 'The answer is none of this API' } : { kind: 'ok', value };
}

function toldBy(status: number, retryAfter: string | null, text: string): Spoken<unknown> {
  const body = jsonOrNull(text);
  if (status >= 200 && status < 300) return { kind: 'ok', value: body };
  if (status === 429 || status >= 500) return { kind: 'busy', retryAfterMs: 1000 * (Number(retryAfter) || 5) };
  const problem = Problem.safeParse(body);
  const detail = problem.success ? sentence(problem.data) : `HTTP ${status}`;
  return { kind: status === 401 || status === 403 ? 'not-known' : 'refused', detail };
}

function sentence({ title, detail, errors = [] }: Problem): string {
  const first = errors[0] === undefined ? '' : ` (${errors[0].path}: ${errors[0].message})`;
  return `${title}${detail === undefined ? '' : `: ${detail}`}${first}`;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
