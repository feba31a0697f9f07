#!/usr/bin/env node
import { readEnvironment } from './environment.js';
import { run } from './run.js';

const out = (line: string) => void process.stdout.write(`${line}\n`);
const say = (line: string) => void process.stderr.write(`${line}\n`);

process.exitCode = await run(process.argv.slice(2), () => ({ environment: readEnvironment(), out, say }), say);
// A socket that a library forgot must not keep an ended program alive.
setTimeout(() => process.exit(), 2_000).unref();
