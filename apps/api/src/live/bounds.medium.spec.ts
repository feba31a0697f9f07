import { once } from 'node:events';
import { livePath } from '@lunwarden/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { password, signIn, startTestApi, type TestApi } from '../../e2e/test-api.js';

let api: TestApi;
let cookie: string;

beforeAll(async () => {
  api = await startTestApi();
  await api.admin.createAdmin('ada', password);
  cookie = await signIn(api, 'ada');
});
afterAll(() => api.close());

async function dashboard(): Promise<WebSocket> {
  const socket = new WebSocket(`${api.url.replace('http', 'ws')}${livePath}`, {
    headers: { cookie, origin: api.url },
    perMessageDeflate: false,
  });
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return socket;
}

describe('a client that is no dashboard', () => {
  it.each([
    ['says more than any dashboard', (socket: WebSocket) => socket.send('x'.repeat(1_025))],
    [
      'never comes to the end of what it says',
      (socket: WebSocket) => {
        for (let piece = 0; piece < 3; piece++) socket.send('x', { fin: false });
      },
    ],
    ['says anything at all', (socket: WebSocket) => socket.send('{}')],
  ])('is cut off when it %s, and nobody else is', async (_, speak) => {
    const [listener, speaker] = [await dashboard(), await dashboard()];
    const ended = once(speaker, 'close', { signal: AbortSignal.timeout(5_000) });
    speak(speaker);
    await ended;
    listener.ping();
    await once(listener, 'pong', { signal: AbortSignal.timeout(5_000) });
    listener.close();
    await once(listener, 'close');
  });

  it('may drip no message in byte by byte', async () => {
    const speaker = await dashboard();
    const ended = once(speaker, 'close', { signal: AbortSignal.timeout(15_000) });
    // The head of a masked text of 1,000 bytes, and then one byte at a time: each is a chunk of its own to the server.
    const { _socket: line } = speaker as unknown as { _socket: import('node:net').Socket };
    line.setNoDelay(true);
    line.write(Buffer.of(0x81, 0x80 | 126, 1_000 >> 8, 1_000 & 0xff, 0, 0, 0, 0));
    let isOver = false;
    const over = ended.then(() => {
      isOver = true;
    });
    let dripped = 0;
    while (!isOver && dripped < 900) {
      line.write(Buffer.of(32));
      dripped++;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await over;
    expect(dripped).toBeLessThan(900);
  });
});
