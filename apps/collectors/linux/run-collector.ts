import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LinuxFacts, ProxyReport } from '@lunwarden/contract';

export const script = fileURLToPath(new URL('lunwarden-collect.sh', import.meta.url));
export const newDirectory = (name: string): string => mkdtempSync(join(tmpdir(), `lunwarden-${name}-`));

export type Run = { code: number | null; out: string; err: string };
export type RunOptions = { args?: string[]; env?: Record<string, string>; shell?: string; path?: string };

/** What a scheduler gives as PATH. */
export const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Runs the collector as a scheduler would: no terminal, a bare environment. */
export function run({ args = [], env = {}, shell = 'sh', path: tools = path }: RunOptions): Promise<Run> {
  const [command = 'sh', ...before] = shell.split(' ');
  const child = spawn(command, [...before, script, ...args], {
    env: { PATH: tools, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('latin1')));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** Collects to standard output and parses that as the API would: fatal UTF-8, JSON, then the strict schema. */
export async function collect(options: RunOptions = {}): Promise<{ report: ProxyReport; facts: LinuxFacts }> {
  const env = { LUNWARDEN_STATE: newDirectory('state'), ...options.env };
  const { code, out, err } = await run({ ...options, args: ['--out', '-', ...(options.args ?? [])], env });
  if (code !== 0) throw new Error(`the collector ended with ${code}: ${err}`);
  const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(out, 'latin1'));
  const report = ProxyReport.parse(JSON.parse(text));
  if (report.facts.platform !== 'linux') throw new Error('not a Linux report');
  return { report, facts: report.facts };
}

/** A directory of tools to stand first in PATH; each is the body of a shell script. */
export function tools(bodies: Record<string, string>): string {
  const directory = newDirectory('tools');
  for (const [name, body] of Object.entries(bodies))
    writeFileSync(join(directory, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  return directory;
}
