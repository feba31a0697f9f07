import { Problem } from '@lunwarden/contract';
import { NotFoundException } from '@nestjs/common';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { InvalidInput } from './invalid-input.js';
import { problemOf } from './problem-of.js';
import { Refusal, refusals } from './refusal.js';

const id = '01890a5d-ac96-774b-bcce-b302099a8057';
const secret = 'SELECT password_hash FROM user_account /srv/lunwarden/keyring';
const withCode = (code: string) => Object.assign(new Error(secret), { code });
const toldOf = (error: unknown) => {
  const { problem, isOurs, retryAfterSeconds } = problemOf(error, id);
  return [problem.status, problem.code, isOurs, retryAfterSeconds];
};

test.each([
  ['22P05', 400, 'invalid_value', null],
  ['22003', 400, 'invalid_value', null],
  ['23505', 409, 'conflict', null],
  ['40001', 503, 'unavailable', 5],
  ['53300', 503, 'unavailable', 5],
  ['57P01', 503, 'unavailable', 5],
  ['08006', 503, 'unavailable', 5],
  ['42P01', 500, 'internal', null],
])('SQLSTATE %s becomes %i', (sqlState, status, code, retry) => {
  expect(toldOf(withCode(sqlState))).toEqual([status, code, true, retry]);
});

test.each([
  'Connection terminated unexpectedly',
  'Query read timeout',
  'timeout exceeded when trying to connect',
  'connect ECONNREFUSED 127.0.0.1:5432',
])('a database that is away is an outage and no defect: %s', (message) => {
  expect(toldOf(new Error(message))).toEqual([503, 'unavailable', true, 5]);
});

test.each([
  [new NotFoundException('Cannot GET /etc/passwd'), 404, 'not_found'],
  [Object.assign(new Error(secret), { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }), 413, 'too_large'],
  [Object.assign(new Error(secret), { statusCode: 414 }), 414, 'http_414'],
])('what the framework refuses is told by its status only', (error, status, code) => {
  expect(toldOf(error)).toEqual([status, code, false, null]);
  expect(problemOf(error, id).problem).not.toHaveProperty('detail');
});

test.each([
  new Error(secret),
  withCode('42P01'),
  withCode('23505'),
  withCode('ENOENT'),
  secret,
  null,
  undefined,
  7,
  {},
])('a surprise tells an id and nothing else', (error) => {
  const { problem, isOurs } = problemOf(error, id);
  expect(isOurs).toBe(true);
  expect(problem.instance).toBe(`urn:uuid:${id}`);
  expect(JSON.stringify(problem)).not.toMatch(/SELECT|keyring|stack|Error:/);
});

test('every refusal is a valid problem with its detail', () => {
  for (const code of Object.keys(refusals) as (keyof typeof refusals)[]) {
    const { problem, retryAfterSeconds } = problemOf(new Refusal(code, 'do this', 7), id);
    expect(Problem.parse(JSON.parse(JSON.stringify(problem)))).toMatchObject({ code, detail: 'do this' });
    expect(retryAfterSeconds).toBe([429, 503].includes(problem.status) ? 7 : null);
  }
});

test('names of unknown fields are quoted without what steers a terminal', () => {
  const hostile = '\u001b[2J\u202e\r\n<b>';
  const result = z.strictObject({}).safeParse({ [hostile]: 1 });
  const { problem } = problemOf(new InvalidInput(result.error!.issues), id);
  expect(Problem.safeParse(problem).success).toBe(true);
  expect(problem.errors?.[0]?.message).toContain('<b>');
});

test('failing paths are named, at most fifty', () => {
  const result = z.array(z.int()).safeParse(Array(80).fill('x'));
  const { problem } = problemOf(new InvalidInput(result.error!.issues), id);
  expect(problem).toMatchObject({ status: 422, code: 'invalid_input' });
  expect(problem.errors).toHaveLength(50);
  expect(problem.errors?.[3]?.path).toBe('3');
});
