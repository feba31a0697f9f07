import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { limits } from '../limits.js';
import { RvtoolsError } from '../rvtools-error.js';

/** A zip in memory whose entries are inflated piece by piece and never written anywhere. */
export class Archive {
  private inflated = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /**
   * Reads the list of entries. Names that leave the archive are refused by the zip library.
   * @throws RvtoolsError rvtools_not_an_export | rvtools_damaged | rvtools_too_large
   */
  static async open(bytes: Uint8Array): Promise<Archive> {
    if (bytes.length > limits.archiveBytes) throw tooLarge(`${bytes.length} bytes packed`);
    const zip = await openZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (zip.entryCount > limits.entries) throw tooLarge(`${zip.entryCount} files`);
    return new Archive(zip, await entriesOf(zip));
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /**
   * One entry in pieces. A wrong checksum is only known at the end: use nothing of it when this throws.
   * @throws RvtoolsError rvtools_damaged | rvtools_too_large
   */
  async *pieces(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (entry === undefined) throw damaged(`it has no ${name}`);
    if (entry.isEncrypted()) throw damaged('it is protected by a password: take that off');
    let checksum = 0;
    for await (const piece of this.unpacked(entry)) {
      this.inflated += piece.length;
      if (this.inflated > limits.inflatedBytes) throw tooLarge(`more than ${limits.inflatedBytes} bytes unpacked`);
      checksum = crc32(piece, checksum);
      yield piece;
    }
    if (checksum !== entry.crc32) throw damaged(`${name} does not fit its checksum`);
  }

  private async *unpacked(entry: Entry): AsyncGenerator<Buffer> {
    try {
      yield* await openEntry(this.zip, entry);
    } catch (cause) {
      throw damaged(`${entry.fileName} cannot be unpacked`, cause);
    }
  }
}

export const damaged = (what: string, cause?: unknown): RvtoolsError =>
  new RvtoolsError('rvtools_damaged', `The export is damaged: ${what}. Export it again.`, { cause });
export const tooLarge = (what: string): RvtoolsError =>
  new RvtoolsError('rvtools_too_large', `The export is too large to be read: ${what}.`);

function openZip(buffer: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(buffer, { lazyEntries: true, validateEntrySizes: true }, (cause, zip) => {
      if (cause === null) resolve(zip);
      else reject(notAnExport(cause));
    });
  });
}

export const notAnExport = (cause?: unknown): RvtoolsError =>
  new RvtoolsError(
    'rvtools_not_an_export',
    'This is no RVTools export: choose the .xlsx file, or the folder (or zip) of its CSV files.',
    { cause },
  );

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on('entry', (entry: Entry) => {
      // Two readers of a zip with one name twice may see two different files.
      if (entries.has(entry.fileName)) reject(damaged(`it holds ${entry.fileName} twice`));
      entries.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (cause: unknown) => reject(damaged('its list of files cannot be read', cause)));
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (cause, stream) => (cause === null ? resolve(stream) : reject(cause)));
  });
}
