import { createServer } from 'node:net';
import { CliError } from './cli-error.js';

type Refusal = 'taken' | 'not-allowed' | 'no-such-address' | null;

/** Asks the system whether this address can be listened on, and lets it go again. */
function refusal(host: string, port: number): Promise<Refusal> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const code = 'code' in error ? error.code : '';
      if (code === 'EADDRINUSE') resolve('taken');
      else if (code === 'EACCES') resolve('not-allowed');
      else if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') resolve('no-such-address');
      else reject(error);
    });
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

/** Asked before the database is started, so that the common mistake is answered at once. @throws CliError with a port that is free. */
export async function requirePort(host: string, port: number): Promise<void> {
  switch (await refusal(host, port)) {
    case null:
      return;
    case 'taken':
      throw new CliError('port_taken', await takenSentence(host, port));
    case 'not-allowed':
      throw new CliError(
        'port_not_allowed',
        `This user may not listen on port ${port}: use one above 1023, such as \`--port 8420\`.`,
      );
    case 'no-such-address':
      throw new CliError(
        'host_unknown',
        `This machine has no address ${host}: use \`--host 127.0.0.1\`, or \`--host 0.0.0.0\` for all.`,
      );
  }
}

async function takenSentence(host: string, port: number): Promise<string> {
  const free = await nextFree(host, port);
  const way = free === null ? 'choose another with `--port`' : `start with \`--port ${free}\``;
  return (await isLunwarden(host, port))
    ? `Lunwarden already runs at http://${host}:${port}: open that, or ${way} for a second copy.`
    : `Port ${port} is taken by another program: ${way}.`;
}

async function nextFree(host: string, port: number): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(port + 50, 65_535); next++) {
    if ((await refusal(host, next)) === null) return next;
  }
  return null;
}

async function isLunwarden(host: string, port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://${host}:${port}/api/v1/health`, { signal: AbortSignal.timeout(1000) });
    const body: unknown = await answer.json();
    return typeof body === 'object' && body !== null && 'status' in body && 'version' in body;
  } catch {
    return false;
  }
}
