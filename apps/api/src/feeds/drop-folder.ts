import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { feedLimits, type ImportableFeed } from '@lunwarden/contract';
import { decoderFor, kindOf, pieceChars } from '@lunwarden/feeds';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { API_CONFIG, type ApiConfig } from '../config.js';
import { Refusal } from '../http/refusal.js';
import { piecesOf } from '../http/upload.js';
import { type Repeating, repeat } from '../jobs/repeat.js';
import { runsJobs } from '../jobs/role.js';
import { FeedsService } from './feeds.service.js';
import { inflatedPieces } from './inflated-pieces.js';

const lookEveryMs = 30_000;
/** A file that was written so recently may still be growing. */
const settleMs = 2_000;

/**
 * Imports what somebody puts into a folder. A file that was imported moves to `imported`, one that was refused to
 * `refused` with the reason beside it, so that the folder itself says what is left to do.
 */
@Injectable()
export class DropFolder implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(DropFolder.name);
  private repeating: Repeating | null = null;

  constructor(
    private readonly feeds: FeedsService,
    @Inject(API_CONFIG) private readonly config: ApiConfig,
  ) {}

  onApplicationBootstrap(): void {
    const folder = this.config.feedsFolder ?? null;
    if (folder === null || !runsJobs(this.config)) return;
    this.repeating = repeat(
      lookEveryMs,
      () => this.look(folder),
      (error) => this.log.error({ err: error }, 'The folder of feeds cannot be read'),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.repeating?.stop();
  }

  /** One round. */
  async look(folder: string): Promise<void> {
    await mkdir(join(folder, 'imported'), { recursive: true });
    await mkdir(join(folder, 'refused'), { recursive: true });
    for (const entry of await readdir(folder, { withFileTypes: true }))
      if (entry.isFile() && !entry.name.startsWith('.')) await this.take(folder, entry.name);
  }

  private async take(folder: string, name: string): Promise<void> {
    const path = join(folder, name);
    const { size, mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs < settleMs) return;
    try {
      const result = await this.importFile(path, size);
      this.log.log({ name, ...result }, 'feed imported from the folder');
      await rename(path, join(folder, 'imported', name));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Somebody else is importing: the file stays for the next round.
      if (error.code === 'unavailable') return;
      this.log.warn({ name, reason: error.message }, 'feed refused');
      await writeFile(join(folder, 'refused', `${name}.reason.txt`), `${error.message}\n`);
      await rename(path, join(folder, 'refused', name));
    }
  }

  private async importFile(path: string, size: number): ReturnType<FeedsService['import']> {
    if (size > feedLimits.uploadBytes) throw new Refusal('too_large', 'The file is too large: compress it with gzip.');
    return this.feeds.import(await kindOfFile(path), { content: createReadStream(path), bytes: size }, {});
  }
}

/** Told by its beginning. @throws Refusal invalid_input | malformed_body */
async function kindOfFile(path: string): Promise<ImportableFeed> {
  const file = createReadStream(path, { highWaterMark: pieceChars });
  try {
    for await (const piece of inflatedPieces(piecesOf(file, feedLimits.uploadBytes))) {
      const kind = kindOf(decoderFor(piece).decode(piece, { stream: true }));
      if (kind !== null) return kind;
      break;
    }
  } finally {
    file.destroy();
  }
  throw new Refusal('invalid_input', 'The file is no feed that we know: see `lunwarden help feeds`.');
}
