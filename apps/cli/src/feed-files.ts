import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { feedLimits, type ImportableFeed } from '@lunwarden/contract';
import { decodeText, kindOf } from '@lunwarden/feeds';
import { CliError } from './cli-error.js';

/** A file as it lies there, plain or gzip. @throws CliError */
export function feedBytes(file: string): Uint8Array {
  try {
    if (statSync(file).size <= feedLimits.inflatedBytes) return readFileSync(file);
  } catch (cause) {
    throw new CliError('file_unreadable', `${file} cannot be read: name the feed file.`, { cause });
  }
  throw new CliError('file_too_large', `${file} is larger than any feed: name the feed file.`);
}

/** Its text, inflated if need be. @throws CliError */
export function feedText(bytes: Uint8Array): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return decodeText(bytes);
  try {
    return decodeText(gunzipSync(bytes, { maxOutputLength: feedLimits.inflatedBytes }));
  } catch (cause) {
    throw new CliError('feed_damaged', 'The gzip file is damaged or inflates beyond reason: fetch it again.', {
      cause,
    });
  }
}

/** The youngest file of a kind that was put into the folder of feeds, imported or not; null = none. */
export function feedInFolder(folder: string, kind: ImportableFeed): string | null {
  const files = [folder, join(folder, 'imported')].flatMap((each) => filesIn(each));
  const ofKind = files.filter(({ path }) => kindOf(feedText(feedBytes(path))) === kind);
  return ofKind.toSorted((a, b) => b.mtimeMs - a.mtimeMs)[0]?.path ?? null;
}

function filesIn(folder: string): { path: string; mtimeMs: number }[] {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ path: join(folder, name), mtimeMs: statSync(join(folder, name)).mtimeMs }));
}
