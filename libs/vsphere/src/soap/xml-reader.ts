import { SaxesParser } from 'saxes';
import { VsphereError } from '../vsphere-error.js';

/** Bounds on what a hostile or broken server can make us hold. A real answer stays far below each. */
export interface XmlLimits {
  readonly depth: number;
  readonly attributes: number;
  /** Bytes between two events: a name, an attribute or one text. */
  readonly runBytes: number;
  readonly totalBytes: number;
}

export const defaultXmlLimits: XmlLimits = {
  depth: 64,
  attributes: 64,
  runBytes: 1 << 20,
  totalBytes: 256 << 20,
};

export interface XmlHandler {
  open(name: string, type: string | null, kind: string | null): void;
  text(text: string): void;
  close(): void;
}

// A proxy may hand over megabytes at once; in slices, the run limit is checked often enough to mean something.
const sliceBytes = 1 << 16;

/**
 * Reads a SOAP answer piece by piece, wherever it is cut. DOCTYPE, CDATA, comments and processing instructions are
 * refused: SOAP 1.1 section 3 forbids the first and the last, vCenter sends none, and entity bombs need the first.
 * Namespaces are not resolved (quadratic in depth in saxes); prefixes are cut off instead.
 * @throws VsphereError `vcenter_protocol` from write and end.
 */
export class XmlReader {
  private readonly parser = new SaxesParser();
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private depth = 0;
  private attributes = 0;
  private run = 0;
  private total = 0;

  constructor(
    private readonly handler: XmlHandler,
    private readonly limits: XmlLimits = defaultXmlLimits,
  ) {
    this.listen();
  }

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      const slice = bytes.subarray(at, at + sliceBytes);
      this.total += slice.length;
      this.run += slice.length;
      if (this.total > this.limits.totalBytes)
        throw refused(`an answer is longer than ${this.limits.totalBytes} bytes`);
      this.parser.write(this.decode(slice));
      if (this.run > this.limits.runBytes) throw refused(`one text is longer than ${this.limits.runBytes} bytes`);
    }
  }

  /** Call at the end of the body: only now a cut-off answer can be told from a whole one. */
  end(): void {
    const rest = this.decode();
    if (rest !== '') this.parser.write(rest);
    this.parser.close();
  }

  private decode(slice?: Uint8Array): string {
    try {
      return this.decoder.decode(slice, { stream: slice !== undefined });
    } catch (cause) {
      throw refused('it is not UTF-8', cause);
    }
  }

  private listen(): void {
    const refuse = (what: string) => () => {
      throw refused(`it contains ${what}`);
    };
    // Messages of the parser quote what the server sent, so they stay in `cause`.
    this.parser.on('error', (cause) => {
      throw refused('it is not a whole, well-formed XML document', cause);
    });
    this.parser.on('doctype', refuse('a DOCTYPE'));
    this.parser.on('cdata', refuse('a CDATA section'));
    this.parser.on('comment', refuse('a comment'));
    this.parser.on('processinginstruction', refuse('a processing instruction'));
    this.parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw refused('it is not UTF-8');
    });
    this.parser.on('opentagstart', () => {
      this.run = 0;
      this.attributes = 0;
      if (++this.depth > this.limits.depth) throw refused(`it is nested deeper than ${this.limits.depth}`);
    });
    this.parser.on('attribute', () => {
      this.run = 0;
      if (++this.attributes > this.limits.attributes) throw refused('an element has too many attributes');
    });
    this.parser.on('opentag', ({ name, attributes }) => this.open(name, attributes));
    this.parser.on('text', (text) => {
      this.run = 0;
      this.handler.text(text);
    });
    this.parser.on('closetag', () => {
      this.run = 0;
      this.depth--;
      this.handler.close();
    });
  }

  private open(name: string, attributes: Record<string, string>): void {
    let type: string | null = null;
    let kind: string | null = null;
    for (const [key, value] of Object.entries(attributes)) {
      if (key === 'type') kind = value;
      else if (key.endsWith(':type') && !key.startsWith('xmlns:')) type = bare(value);
    }
    this.handler.open(bare(name), type, kind);
  }
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

const refused = (what: string, cause?: unknown): VsphereError =>
  new VsphereError('vcenter_protocol', `The answer was refused: ${what}.`, { cause });
