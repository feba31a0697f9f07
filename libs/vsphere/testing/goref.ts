import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { account } from './vcsim.js';

/** What VMware's own Go library finds at a simulator, in the lines of `rowsOfMap`. */
export async function readWithGo(program: string, url: string): Promise<string[]> {
  const args = ['-url', url, '-username', account.username, '-password', account.password];
  const { stdout } = await promisify(execFile)(program, args, { maxBuffer: 64 << 20 });
  return stdout.trimEnd().split('\n');
}
