import { setImmediate as turn } from 'node:timers/promises';
import type { ImportableFeed } from '@lunwarden/contract';
import {
  decodeText,
  type ParsedFeed,
  parseEndOfSupport,
  parseEpss,
  parseKbCatalogue,
  parseKev,
  type Reading,
} from '@lunwarden/feeds';
import { Refusal } from '../http/refusal.js';

export type FeedQuery = { product?: string | undefined; asOf?: string | undefined };
/** What a file is taken for, and the time at which it is read. */
export type ReadAs = FeedQuery & { kind: ImportableFeed; now: string };

/** A clock of the sender may run ahead by so much. */
const skewMs = 86_400_000;

/** The whole of a feed file, read in slices. @throws Refusal invalid_input telling what is wrong with it */
export async function readFeed(bytes: Uint8Array, as: ReadAs): Promise<ParsedFeed<unknown>> {
  const reading = await parse(decodeText(bytes), as);
  if ('refused' in reading) throw new Refusal('invalid_input', reading.refused);
  const { asOf } = reading.feed;
  // A feed from the future would stay fresh for longer than anyone knows.
  if (Date.parse(asOf) > Date.parse(as.now) + skewMs)
    throw new Refusal('invalid_input', `The file says that it is of ${asOf}, which is yet to come.`);
  return reading.feed;
}

async function parse(text: string, { kind, now, product, asOf }: ReadAs): Promise<Reading<unknown>> {
  switch (kind) {
    case 'kev':
      return parseKev(text);
    case 'epss':
      return inSlices(parseEpss(text));
    case 'kb-catalogue':
      return inSlices(parseKbCatalogue(text));
    case 'end-of-support':
      return parseEndOfSupport(text, { now, product, asOf });
  }
}

/** Lets whatever waits have its turn between two slices. */
async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await turn();
  }
}
