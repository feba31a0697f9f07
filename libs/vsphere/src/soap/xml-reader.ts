import { VsphereError } from '../vsphere-error.js';
import { readStartTag, type StartTag } from './start-tag.js';
import { ownText, readText } from './xml-text.js';

/** Bounds on what a hostile or broken server can make us hold. A real answer stays far below each. */
export interface XmlLimits {
  readonly depth: number;
  readonly attributes: number;
  /** Bytes of one tag or one text. */
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
  /** A text may come in several pieces. */
  text(text: string): void;
  close(): void;
}

// A proxy may hand over megabytes at once; in slices, the limits are checked often enough to mean something.
const sliceBytes = 1 << 16;
/** An answer of any size repeats some hundred tags; one that never does must not fill the memory. */
const rememberedTags = 4_096;
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write these
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/**
 * Reads a SOAP answer piece by piece, wherever it is cut. Only what SOAP 1.1 allows and vSphere sends is understood:
 * elements, attributes, text, the five entities and character references. DOCTYPE, CDATA, comments and processing
 * instructions are refused (entity bombs need the first), as are names that are not ASCII. Prefixes are cut off.
 * Written for this because the strict library was two thirds of a collection's CPU; `xml-reader.spec.ts` holds it to
 * the events of that library.
 * @throws VsphereError `vcenter_protocol` from write and end.
 */
export class XmlReader {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly tags = new Map<string, StartTag>();
  /** Names as written of the elements that are open. */
  private readonly names: string[] = [];
  /** What cannot be understood before more has come. */
  private rest = '';
  private run = 0;
  private total = 0;
  private state: 'start' | 'before' | 'inside' | 'after' = 'start';

  constructor(
    private readonly handler: XmlHandler,
    private readonly limits: XmlLimits = defaultXmlLimits,
  ) {}

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      const slice = bytes.subarray(at, at + sliceBytes);
      this.total += slice.length;
      this.run += slice.length;
      if (this.total > this.limits.totalBytes)
        throw refused(`an answer is longer than ${this.limits.totalBytes} bytes`);
      this.read(this.decode(slice));
      if (this.run > this.limits.runBytes) throw refused(`one text is longer than ${this.limits.runBytes} bytes`);
    }
  }

  /** Call at the end of the body: only now a cut-off answer can be told from a whole one. */
  end(): void {
    this.read(this.decode());
    if (this.state !== 'after' || this.rest !== '') throw malformed();
  }

  private decode(slice?: Uint8Array): string {
    try {
      return this.decoder.decode(slice, { stream: slice !== undefined });
    } catch (cause) {
      throw refused('it is not UTF-8', cause);
    }
  }

  private read(more: string): void {
    if (forbidden.test(more)) throw malformed();
    const text = this.rest === '' ? more : this.rest + more;
    let at = this.state === 'start' ? this.declaration(text) : 0;
    while (at < text.length && this.state !== 'start') {
      const tag = text.indexOf('<', at);
      if (tag !== at) {
        const piece = readText(text, at, tag);
        if (piece === null) throw malformed();
        this.text(piece.text);
        at = piece.end;
      }
      if (tag === -1) break;
      const next = text.charCodeAt(tag + 1) === 0x2f ? this.endTag(text, tag) : this.startTag(text, tag);
      if (next === -1) break;
      this.run = text.length - next;
      at = next;
    }
    this.rest = text.slice(at);
  }

  /** Where the document begins behind its declaration, if it has one; 0 while that is not known. */
  private declaration(text: string): number {
    if (text.length < 5 && '<?xml'.startsWith(text)) return 0;
    const declaration = /^<\?xml\s[^>]*\?>/.exec(text)?.[0] ?? '';
    if (declaration === '' && text.startsWith('<?xml') && !text.includes('>')) return 0;
    const encoding = /\sencoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? 'utf-8';
    if (encoding.toLowerCase() !== 'utf-8') throw refused('it is not UTF-8');
    this.state = 'before';
    return declaration.length;
  }

  private text(text: string): void {
    if (this.state === 'inside') this.handler.text(text);
    else if (/[^ \t\n]/.test(text)) throw malformed();
  }

  /** @returns where it ends, or -1 while its end has not come. */
  private startTag(text: string, at: number): number {
    const first = text.charCodeAt(at + 1);
    if (first === 0x21) throw refused('it contains a DOCTYPE, a CDATA section or a comment');
    if (first === 0x3f) throw refused('it contains a processing instruction');
    let end = text.indexOf('>', at);
    if (end === -1) return -1;
    let known = this.tags.get(text.slice(at + 1, end));
    while (known === undefined) {
      const source = ownText(text.slice(at + 1, end));
      const tag = readStartTag(source, this.limits.attributes);
      if (tag === 'malformed') throw malformed();
      if (tag === 'too-many-attributes') throw refused('an element has too many attributes');
      if (tag !== 'unfinished') known = this.remember(source, tag);
      else {
        // That one was inside an attribute.
        end = text.indexOf('>', end + 1);
        if (end === -1) return -1;
      }
    }
    this.open(known);
    return end + 1;
  }

  private remember(source: string, tag: StartTag): StartTag {
    if (this.tags.size < rememberedTags && source.length < 256) this.tags.set(source, tag);
    return tag;
  }

  private open({ name, local, type, kind, isEmpty }: StartTag): void {
    if (this.state === 'after') throw malformed();
    this.state = 'inside';
    if (this.names.length >= this.limits.depth) throw refused(`it is nested deeper than ${this.limits.depth}`);
    this.handler.open(local, type, kind);
    this.names.push(name);
    if (isEmpty) this.close();
  }

  private close(): void {
    this.names.pop();
    if (this.names.length === 0) this.state = 'after';
    this.handler.close();
  }

  private endTag(text: string, at: number): number {
    const end = text.indexOf('>', at);
    if (end === -1) return -1;
    const name = this.names.at(-1);
    if (name === undefined || !text.startsWith(name, at + 2)) throw malformed();
    const gap = at + 2 + name.length;
    if (gap !== end && /\S/.test(text.slice(gap, end))) throw malformed();
    this.close();
    return end + 1;
  }
}

const refused = (what: string, cause?: unknown): VsphereError =>
  new VsphereError('vcenter_protocol', `The answer was refused: ${what}.`, { cause });

const malformed = (): VsphereError => refused('it is not a whole, well-formed XML document');
