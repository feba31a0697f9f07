import type { LoggerService } from '@nestjs/common';
import { type DestinationStream, type Logger, pino, destination as pinoDestination, stdTimeFunctions } from 'pino';

/** Values under these names never reach a log, at any of the first three levels. */
const secretNames = ['authorization', 'cookie', '["set-cookie"]', 'password', 'token', 'key'];
const secretPaths = secretNames.flatMap((name) =>
  ['', '*', '*.*'].map((parent) => (name.startsWith('[') || parent === '' ? `${parent}${name}` : `${parent}.${name}`)),
);

/** Keeps what explains an error and drops what it carries: a failed query would print its parameters. */
export function errorForLog(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return { message: 'not an Error' };
  const code = 'code' in error ? error.code : undefined;
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    message: error.message,
    stack: error.stack,
    ...(error.cause === undefined || depth > 3 ? {} : { cause: errorForLog(error.cause, depth + 1) }),
  };
}

/** JSON lines on stderr; stdout belongs to the command line. */
export function openLog(level: string, destination: DestinationStream = pinoDestination(2)): Logger {
  const options = {
    level,
    timestamp: stdTimeFunctions.isoTime,
    base: undefined,
    serializers: { err: errorForLog },
    redact: { paths: secretPaths, censor: '[secret]' },
  };
  return pino(options, destination);
}

/** Contexts in which Nest tells each module and route at each start. */
const bootNoise = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

/** Nest's log into pino: one JSON line per event. The last parameter of Nest's calls is the context. */
export class NestLog implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(bootNoise.has(String(rest.at(-1))) ? 'debug' : 'info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(level: 'info' | 'error' | 'warn' | 'debug' | 'trace', message: unknown, rest: unknown[]): void {
    const texts = rest.filter((part) => typeof part === 'string');
    const context = texts.at(-1);
    if (message instanceof Error) this.pino[level]({ context, err: message }, message.message);
    else if (typeof message === 'object' && message !== null)
      this.pino[level]({ context, ...message }, texts.length > 1 ? texts[0] : undefined);
    else this.pino[level]({ context }, String(message));
  }
}
