import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const suffix = process.platform === 'win32' ? '.exe' : '';
const cache = fileURLToPath(new URL('../../../node_modules/.cache/lunwarden/', import.meta.url));

/**
 * A program of this folder that is written in Go: from the cache, or built now if Go is there.
 * @returns its path, or null after a line on standard error that says why there is none.
 */
export async function goProgram(name: 'vcsim' | 'goref'): Promise<string | null> {
  const cached = join(cache, `${name}${suffix}`);
  const cwd = fileURLToPath(new URL(`./${name}/`, import.meta.url));
  if (existsSync(cached) && !isOlder(cached, cwd)) return cached;
  await mkdir(dirname(cached), { recursive: true });
  const unfinished = `${cached}.${process.pid}`;
  // The second is where Go's own installer puts it. GOTOOLCHAIN=local: a Go that is too old must not download another.
  const env = { ...process.env, CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' };
  for (const go of ['go', '/usr/local/go/bin/go']) {
    try {
      await promisify(execFile)(go, ['build', '-trimpath', '-o', unfinished, '.'], { cwd, env });
      // Two test files may build at once; a half-written program must never be found.
      await rename(unfinished, cached);
      return cached;
    } catch (error) {
      process.stderr.write(`${name} was not built with ${go}: ${error instanceof Error ? error.message : ''}\n`);
    }
  }
  return null;
}

/** True if a source in the folder is newer than the program. */
const isOlder = (program: string, folder: string): boolean =>
  readdirSync(folder).some((file) => statSync(join(folder, file)).mtimeMs > statSync(program).mtimeMs);
