import { expect, it } from 'vitest';
import { readEnvironment } from './environment.js';
import { run } from './run.js';

async function said(...argv: string[]) {
  const out: string[] = [];
  const errors: string[] = [];
  const world = () => ({ environment: readEnvironment({}), out: (line: string) => out.push(line), say: () => {} });
  const code = await run(argv, world, (line) => errors.push(line));
  return { code, out: out.join('\n'), errors: errors.join('\n') };
}

it('tells a newcomer what there is', async () => {
  const { code, out } = await said();
  expect(code).toBe(0);
  expect(out).toContain('lunwarden up [--port 8420]');
});

it.each([
  ['help', 'up'],
  ['up', '--help'],
  ['up', '-h'],
])('explains one command: %s %s', async (...argv) => {
  const { code, out } = await said(...argv);
  expect(code).toBe(0);
  expect(out).toContain('--demo');
});

it.each([
  ['a command that does not exist', ['upp']],
  ['a name that every object has', ['constructor']],
  ['an unknown option', ['up', '--prot', '1']],
  ['a port out of range', ['up', '--port', '70000']],
  ['a port that is no number', ['up', '--port', '80x']],
  ['half a command', ['vcenter']],
  ['an import of nothing', ['import', 'rvtools']],
  ['an import of an unknown kind', ['import', 'excel', 'a.xlsx']],
  ['a time that is none', ['import', 'rvtools', 'a.xlsx', '--exported-at', 'yesterday']],
  ['a number of hosts that is none', ['import', 'rvtools', 'a.xlsx', '--confirm-hosts', '-1']],
  ['a week that is none', ['report', 'render', '--week', '2026-W60']],
  ['a format that is none', ['report', 'render', '--week', '2026-W47', '--format', 'doc']],
  [
    'two kinds of trust',
    ['vcenter', 'add', '--name', 'a', '--url', 'https://a', '--user', 'b', '--pin', 'c', '--loopback'],
  ],
])('leaves with 3 and the way to help for %s', async (_, argv) => {
  const { code, errors } = await said(...argv);
  expect({ code, errors }).toEqual({ code: 3, errors: expect.stringContaining('lunwarden help') });
});
