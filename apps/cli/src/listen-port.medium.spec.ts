import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { requirePort } from './listen-port.js';

async function occupied(listener: RequestListener, work: (port: number) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

const refusal = (port: number) =>
  requirePort('127.0.0.1', port).then(
    () => null,
    (error: unknown) => error as { code: string; message: string },
  );

it('takes a free port, and leaves it free', async () => {
  let port = 0;
  await occupied(
    () => {},
    async (taken) => {
      port = taken;
    },
  );
  expect(await refusal(port)).toBeNull();
  expect(await refusal(port)).toBeNull();
});

it('says in one sentence that a port is taken, with one that is free', async () => {
  await occupied(
    (_, answer) => answer.end('hello'),
    async (port) => {
      const error = await refusal(port);
      expect(error).toMatchObject({ code: 'port_taken' });
      const offered = Number(
        /^Port \d+ is taken by another program: start with `--port (\d+)`\.$/.exec(error!.message)?.[1],
      );
      expect(await refusal(offered)).toBeNull();
    },
  );
});

it('recognises itself behind a taken port', async () => {
  await occupied(
    (_, answer) => answer.end('{"status":"ok","version":"0.1.0"}'),
    async (port) => {
      expect((await refusal(port))?.message).toContain(`Lunwarden already runs at http://127.0.0.1:${port}`);
    },
  );
});

it('names an address that this machine does not have', async () => {
  await expect(requirePort('192.0.2.1', 8420)).rejects.toMatchObject({ code: 'host_unknown' });
});
