import { expect, test } from 'vitest';
import { NestLog, openLog } from './logger.js';

function heard(level: string, tell: (log: NestLog, direct: ReturnType<typeof openLog>) => void): string[] {
  const lines: string[] = [];
  const pino = openLog(level, { write: (line: string) => void lines.push(line) });
  tell(new NestLog(pino), pino);
  return lines;
}

test('secrets do not reach the log by their usual names', () => {
  const secrets = { authorization: 'S1', cookie: 'S2', 'set-cookie': 'S3', password: 'S4', token: 'S5', key: 'S6' };
  const [line] = heard('info', (_, pino) =>
    pino.info({ ...secrets, headers: secrets, request: { body: secrets } }, 'x'),
  );
  expect(line).not.toMatch(/S[1-6]/);
  expect(line?.match(/\[secret\]/g)).toHaveLength(18);
});

test('a failed query tells its error and not its parameters', () => {
  const error = Object.assign(new Error('duplicate key', { cause: new Error('inner') }), {
    code: '23505',
    query: 'INSERT INTO user_account',
    parameters: ['hunter2'],
  });
  const [line] = heard('info', (log) => log.error({ err: error }, 'request failed'));
  expect(JSON.parse(line!)).toMatchObject({
    err: { code: '23505', message: 'duplicate key', cause: { message: 'inner' } },
  });
  expect(line).not.toMatch(/hunter2|INSERT INTO/);
});

test('an event is one line, whatever is in it', () => {
  const lines = heard('info', (log) => log.warn('a\r\n{"level":60}\u001b[31m', 'intake'));
  expect(lines).toHaveLength(1);
  expect([...lines[0]!.trimEnd()].filter((char) => char < ' ')).toEqual([]);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 40, context: 'intake' });
});

test('the chatter of a start stays out of the log', () => {
  expect(heard('info', (log) => log.log('Mapped {/api/v1/fleet, GET} route', 'RouterExplorer'))).toEqual([]);
  expect(heard('info', (log) => log.log('a map is in force', 'vcenters'))).toHaveLength(1);
});
