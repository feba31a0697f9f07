import type { LiveFrame } from '@lunwarden/contract';

/** FIN, and the opcode of text. */
const wholeText = 0x81;
/** FIN, and the opcode of a ping, which carries nothing. */
export const ping: Buffer = Buffer.of(0x89, 0);
const length16 = 126;
const length64 = 127;

/**
 * A message as it goes over the line (RFC 6455, section 5.2): whole, in text, not masked, not compressed. It is the same
 * for whoever gets it, so it is made once and not once for each client.
 */
export function encode(frame: LiveFrame): Buffer {
  const text = Buffer.from(JSON.stringify(frame));
  return Buffer.concat([headOf(text.length), text]);
}

function headOf(length: number): Buffer {
  if (length < length16) return Buffer.of(wholeText, length);
  const head = Buffer.alloc(length <= 0xffff ? 4 : 10);
  head[0] = wholeText;
  head[1] = length <= 0xffff ? length16 : length64;
  if (length <= 0xffff) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
