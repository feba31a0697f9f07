import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const tools = import.meta.dirname;

async function asked(module: string, expression: string, env: Record<string, string> = {}): Promise<string> {
  const code = `const m = await import(${JSON.stringify(pathToFileURL(join(tools, module)).href)}); console.error(JSON.stringify(${expression}))`;
  // In a process of its own: a Vitest inside a Vitest would share its environment.
  const { VITEST, VITEST_WORKER_ID, VITEST_POOL_ID, ...clean } = process.env;
  const options = { env: { ...clean, ...env } };
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], options).catch(
    (error: { stderr: string }) => error,
  );
  return stderr;
}

describe('npm test', () => {
  it('never reads a run without tests as green', async () => {
    expect(await asked('check-tests.mjs', `await m.runTests(['no-such-project'])`)).toContain('"passed":0,"failed":1');
  });

  it('refuses a browser that was named and is not there, instead of passing over it', async () => {
    const said = await asked('check-browser.mjs', 'await m.ensureBrowser(() => {})', {
      LUNWARDEN_CHROMIUM: '/no/such/browser',
    });
    expect(said).toContain('LUNWARDEN_CHROMIUM is /no/such/browser, which is no program');
  });

  it('says why there is no vCenter simulator where there is no Go', async () => {
    const said = await asked('check-vcsim.mjs', 'm.ensureVcsim(() => {}, { built: "/no/such/file" })', {
      PATH: '',
      LUNWARDEN_VCSIM: '',
    });
    expect(said).toMatch(/"path":null,"hasGo":false,"why":"Go is not installed/);
  });
});
