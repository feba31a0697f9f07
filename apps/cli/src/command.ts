import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './cli-error.js';
import type { Environment } from './environment.js';

/** Where a command reads and writes; stdout is for results, stderr for everything said on the way. */
export type World = { environment: Environment; out(line: string): void; say(line: string): void };

export type Command = {
  /** After the word `lunwarden`, as help shows it. */
  usage: string;
  summary: string;
  /** Lines of help below the usage: options, what it reads, examples. */
  details: readonly string[];
  /** @returns the exit code. */
  run(args: string[], world: World): Promise<number>;
};

/** parseArgs whose complaints are ours, so that they end with exit code 3. */
export function parsed<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      throw new UsageError(error.message, { cause: error });
    }
    throw error;
  }
}
