import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError } from '../cli-error.js';

/** A password from the environment, or typed unseen. Never from an argument: others can read those in the list of processes. */
export async function passwordFrom(given: string | null, question: string, variable: string): Promise<string> {
  if (given !== null) return given;
  if (!process.stdin.isTTY) throw new CliError('password_missing', `There is no terminal to ask in: set ${variable}.`);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silence, terminal: true });
  process.stderr.write(`${question}: `);
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
