import type { Writable } from 'node:stream';
import type { LiveFrame } from '@lunwarden/contract';
import { expect, it } from 'vitest';
import * as ws from 'ws';
import { encode } from './live-message.js';

// The part of `ws` that reads for its clients; its types do not know it.
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };

/** What a client of `ws` makes of bytes that a server writes after the handshake. */
function read(bytes: Buffer): { text: string; isBinary: boolean }[] {
  const messages: { text: string; isBinary: boolean }[] = [];
  const receiver = new Receiver({ isServer: false });
  receiver.on('message', (data: Buffer, isBinary: boolean) => messages.push({ text: String(data), isBinary }));
  receiver.write(bytes);
  return messages;
}

// The length of a message stands in one, three or nine bytes.
it.each([20, 60, 100, 126, 1_000, 65_000, 66_000, 300_000])('is what a client reads, some %d bytes long', (size) => {
  const frame: LiveFrame = { type: 'resync', seq: 7, reason: 'ä'.repeat(size / 2) };
  expect(read(encode(frame))).toEqual([{ text: JSON.stringify(frame), isBinary: false }]);
});
