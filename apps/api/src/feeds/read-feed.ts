import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { feedLimits, type ImportableFeed } from '@lunwarden/contract';
import {
  decoderFor,
  type FeedReader,
  type ParsedFeed,
  readEndOfSupport,
  readEpss,
  readFixedBuilds,
  readKbCatalogue,
  readKev,
} from '@lunwarden/feeds';
import { Refusal } from '../http/refusal.js';
import { piecesOf } from '../http/upload.js';
import { inflatedPieces } from './inflated-pieces.js';

export type FeedQuery = { product?: string | undefined; asOf?: string | undefined };
/** What a file is taken for, and the time at which it is read. */
export type ReadAs = FeedQuery & { kind: ImportableFeed; now: string };
/** `sha256` of the plain text. */
export type ReadFile = { feed: ParsedFeed<unknown>; sha256: Uint8Array };

/** A clock of the sender may run ahead by so much. */
const skewMs = 86_400_000;

/**
 * The whole of a feed file, plain or gzip, read in pieces with a turn of the event loop after each.
 * @param onBytes told how many bytes of the file itself were read so far
 * @throws Refusal too_large | malformed_body | invalid_input telling what is wrong with it
 */
export async function readFeed(file: Readable, as: ReadAs, onBytes: (bytes: number) => void): Promise<ReadFile> {
  const hash = createHash('sha256');
  const reader = readerOf(as);
  let decoder: ReturnType<typeof decoderFor> | null = null;
  let step = reader.next();
  for await (const piece of inflatedPieces(counted(file, onBytes))) {
    hash.update(piece);
    decoder ??= decoderFor(piece);
    step = reader.next(decoder.decode(piece, { stream: true }));
    if (step.done === true) break;
    await turn();
  }
  while (step.done !== true) {
    step = reader.next(null);
    await turn();
  }
  if ('refused' in step.value) throw new Refusal('invalid_input', step.value.refused);
  const { feed } = step.value;
  // A feed from the future would stay fresh for longer than anyone knows.
  if (Date.parse(feed.asOf) > Date.parse(as.now) + skewMs)
    throw new Refusal('invalid_input', `The file says that it is of ${feed.asOf}, which is yet to come.`);
  return { feed, sha256: hash.digest() };
}

async function* counted(file: Readable, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const piece of piecesOf(file, feedLimits.uploadBytes)) {
    bytes += piece.length;
    onBytes(bytes);
    yield piece;
  }
}

function readerOf({ kind, now, product, asOf }: ReadAs): FeedReader<unknown> {
  switch (kind) {
    case 'kev':
      return readKev();
    case 'epss':
      return readEpss();
    case 'kb-catalogue':
      return readKbCatalogue();
    case 'end-of-support':
      return readEndOfSupport({ now, product, asOf });
    case 'veeam-builds':
    case 'esxi-builds':
      return readFixedBuilds(kind);
  }
}
