import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const project = fileURLToPath(new URL('..', import.meta.url));
/** Inside node_modules, so that the built file finds its packages. */
const outDir = join(project, '../../node_modules/.cache/lunwarden/cli-specs');

/** Builds hold-postgres.ts from the sources: a spec never runs yesterday's dist. */
export async function buildHolder(): Promise<string> {
  const name = `hold-postgres-${process.pid}.mjs`;
  await build({
    configFile: false,
    root: project,
    logLevel: 'warn',
    build: {
      ssr: join(project, 'testing/hold-postgres.ts'),
      outDir,
      emptyOutDir: false,
      rolldownOptions: { output: { entryFileNames: name } },
    },
  });
  return join(outDir, name);
}

export type Said = { pid: number; isReused: boolean; account: string; url: string; code?: string };
export type Holder = { process: ChildProcess; said: Said; end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> };

/** Starts a holder and waits for its one line. `as` is a command that changes the user, e.g. `['setpriv', '--reuid=65534']`. */
export async function hold(script: string, args: string[], as: string[] = []): Promise<Holder> {
  const [file = process.execPath, ...rest] = [...as, process.execPath, script, ...args];
  const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await once(lines, 'line');
  return {
    process: child,
    said: JSON.parse(String(line)) as Said,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}
