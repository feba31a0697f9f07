import { csrfHeader, Problem, type Route } from '@lunwarden/contract';
import { z } from 'zod';

/** An answer that is not a success. `code` is the API's stable code, or `network`, `contract`, `http`. */
export class ApiError extends Error {
  readonly code: string;
  /** HTTP status, 0 where there was no answer. */
  readonly status: number;
  readonly fields: readonly { path: string; message: string }[];

  constructor(
    said: { message: string; code: string; status: number; fields?: Problem['errors'] },
    options?: ErrorOptions,
  ) {
    super(said.message, options);
    this.name = 'ApiError';
    this.code = said.code;
    this.status = said.status;
    this.fields = said.fields ?? [];
  }
}

type Input = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Sent as it is, to a route that takes files. */
  file?: Blob;
  signal?: AbortSignal;
};

/** Asks one route of the contract and believes the answer only if it has the contract's shape. */
export async function ask<S extends z.ZodType>(route: Route, answer: S, input: Input = {}): Promise<z.output<S>> {
  const response = await send(route, input);
  return believed(answer, response.status, await jsonOf(response));
}

/** An answer in the contract's shape. @throws ApiError `contract` */
export function believed<S extends z.ZodType>(answer: S, status: number, body: unknown): z.output<S> {
  const parsed = answer.safeParse(body);
  if (parsed.success) return parsed.data;
  const message = 'The server speaks another version of the contract than this page. Reload the page.';
  throw new ApiError({ message, code: 'contract', status }, { cause: parsed.error });
}

/** The same for routes that answer with nothing. */
export async function tell(route: Route, input: Input = {}): Promise<void> {
  await send(route, input);
}

/** Address of a route, for links and downloads. */
export function addressOf(route: Pick<Route, 'path'>, { params = {}, query = {} }: Input = {}): string {
  const path = Object.entries(params).reduce(
    (text, [name, value]) => text.replace(`:${name}`, encodeURIComponent(value)),
    String(route.path),
  );
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}

async function send(route: Route, input: Input): Promise<Response> {
  const response = await request(route, input);
  if (response.ok) return response;
  throw refusalOf(response.status, await jsonOf(response));
}

/** What a server says that does not do as asked. */
export function refusalOf(status: number, body: unknown): ApiError {
  const problem = Problem.safeParse(body);
  if (!problem.success)
    return new ApiError({
      message: `The server answered ${status} and gave no reason. Look at its log.`,
      code: 'http',
      status,
    });
  const { title, detail, code, errors } = problem.data;
  return new ApiError({ message: detail ?? title, code, status: problem.data.status, fields: errors });
}

export const unreachable = (cause?: unknown): ApiError =>
  new ApiError({ message: 'The server cannot be reached.', code: 'network', status: 0 }, { cause });

async function request(route: Route, input: Input): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (route.method !== 'GET') {
    headers[csrfHeader.name] = csrfHeader.value;
    // Also where there is no body: a form of another site could not send this type.
    headers['content-type'] = input.file === undefined ? 'application/json' : 'application/octet-stream';
  }
  try {
    return await fetch(addressOf(route, input), {
      method: route.method,
      headers,
      credentials: 'same-origin',
      body: input.file ?? (input.body === undefined ? undefined : JSON.stringify(input.body)),
      signal: input.signal,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw unreachable(error);
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    // Whoever asked for a shape finds that this is none; a proxy's HTML page has nothing to say here.
    return undefined;
  }
}
