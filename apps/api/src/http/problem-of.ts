import { STATUS_CODES } from 'node:http';
import type { Problem } from '@lunwarden/contract';
import { HttpException } from '@nestjs/common';
import { InvalidInput } from './invalid-input.js';
import { isRefusalCode, type RefusalCode, refusals } from './refusal.js';

/** What the caller is told of an error. `isOurs` = a defect or an outage, to be logged under `instance`. */
export type Told = { problem: Problem; isOurs: boolean; retryAfterSeconds: number | null };

const retryAfterSeconds = 5;
const byStatus = new Map<number, RefusalCode>([
  [400, 'bad_request'],
  [401, 'unauthorized'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [405, 'method_not_allowed'],
  [408, 'timeout'],
  [413, 'too_large'],
  [415, 'unsupported_media_type'],
  [429, 'too_many_requests'],
  [503, 'unavailable'],
]);

/** Never tells a stack, SQL, a path or the message of an error that is not meant for the caller. `id` is made up by the caller. */
export function problemOf(error: unknown, id: string): Told {
  const instance = `urn:uuid:${id}`;
  if (error instanceof InvalidInput) return refused('invalid_input', error.message, { errors: error.errors });
  const code = codeOf(error);
  if (isRefusalCode(code) && error instanceof Error)
    return refused(code, error.message, {}, 'retryAfterSeconds' in error ? error.retryAfterSeconds : null);
  const database = databaseRefusal(code, error);
  if (database === 'unavailable')
    return { ...refused('unavailable', 'The database does not answer; try again.', { instance }), isOurs: true };
  if (database !== null) return { ...refused(database, undefined, { instance }), isOurs: true };
  const status = statusOf(error);
  const known = byStatus.get(status);
  if (known !== undefined) return refused(known, undefined);
  if (status >= 400 && status < 500) return plain(status, `http_${status}`, STATUS_CODES[status] ?? 'Refused');
  const told = plain(500, 'internal', 'An error of this server');
  return {
    ...told,
    isOurs: true,
    problem: { ...told.problem, instance, detail: 'The log of the server has more under this id.' },
  };
}

function refused(code: RefusalCode, detail: string | undefined, more: Partial<Problem> = {}, retry?: unknown): Told {
  const { status, title } = refusals[code];
  const told = plain(status, code, title);
  const wait = typeof retry === 'number' ? Math.ceil(retry) : retryAfterSeconds;
  return {
    ...told,
    problem: { ...told.problem, ...(detail === undefined ? {} : { detail: detail.slice(0, 1000) }), ...more },
    retryAfterSeconds: status === 429 || status === 503 ? wait : null,
  };
}

const plain = (status: number, code: string, title: string): Told => ({
  problem: { type: `urn:lunwarden:problem:${code}`, title, status, code },
  isOurs: false,
  retryAfterSeconds: null,
});

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

/** SQLSTATE classes: 22 data, 23 integrity, 08 connection, 40 rollback, 53 resources, 57 intervention (PostgreSQL, appendix A). */
function databaseRefusal(code: unknown, error: unknown): RefusalCode | null {
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) {
    const family = code.slice(0, 2);
    if (family === '22') return 'invalid_value';
    if (family === '23') return 'conflict';
    if (['08', '40', '53', '57'].includes(family)) return 'unavailable';
  }
  return isLostDatabase(error) ? 'unavailable' : null;
}

/** The driver gives no code where it is itself who gave up. */
const isLostDatabase = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(Connection terminated|Query read timeout|timeout exceeded when trying to connect)/.test(error.message) ||
    /^connect (ECONNREFUSED|ENOENT|ETIMEDOUT)/.test(error.message));

/** Fastify's and Nest's own refusals carry a status; their messages quote the request and are not repeated. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null) return 500;
  const status = 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' ? status : 500;
}
