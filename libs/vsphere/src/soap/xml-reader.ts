import { VsphereError } from '../vsphere-error.js';
import { readStartTag, type StartTag } from './start-tag.js';
import { TagMemo, TextMemo } from './xml-memo.js';
import { decodeText, endOfText, isForbidden, readText } from './xml-text.js';

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
  /** False while nobody looks: text is then checked and not made. Always wanted when absent. */
  readonly wantsText?: boolean;
}

// A proxy may hand over megabytes at once; in slices, the limits are checked often enough to mean something.
const sliceBytes = 1 << 16;
const [tab, lineFeed, carriageReturn, space] = [0x09, 0x0a, 0x0d, 0x20];
const [ampersand, slash, less, greater, bang, question] = [0x26, 0x2f, 0x3c, 0x3e, 0x21, 0x3f];
const nothing = Buffer.alloc(0);
const byteOrderMark = '\u00ef\u00bb\u00bf';
/** Of one start tag; vSphere's are below 300. */
const tagBytes = 1 << 12;

/** What a byte of a text may be besides itself. */
const notPlain = 1;
const notXml = 2;
const kinds = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80 || byte === ampersand || byte === carriageReturn) return notPlain;
  return byte < space && byte !== tab && byte !== lineFeed ? notXml : 0;
});

/**
 * Reads a SOAP answer piece by piece, wherever it is cut. Only what SOAP 1.1 allows and vSphere sends is understood:
 * elements, attributes, text, the five entities and character references. DOCTYPE, CDATA, comments and processing
 * instructions are refused (entity bombs need the first), as are names that are not ASCII. Prefixes are cut off.
 * It works on bytes and makes a string only of what is wanted: nine tenths of an answer are not. Written for this because
 * the strict library was two thirds of a collection's CPU; `xml-reader.spec.ts` holds it to the events of that library.
 * @throws VsphereError `vcenter_protocol` from write and end.
 */
export class XmlReader {
  private readonly tags = new TagMemo();
  private readonly texts = new TextMemo();
  /** Names as written of the elements that are open. */
  private readonly names: string[] = [];
  /** What cannot be understood before more has come. */
  private rest: Buffer = nothing;
  /** Bytes of the text that is being read and was handed over in part. */
  private handedOver = 0;
  private total = 0;
  private state: 'start' | 'before' | 'inside' | 'after' = 'start';

  constructor(
    private readonly handler: XmlHandler,
    private readonly limits: XmlLimits = defaultXmlLimits,
  ) {}

  write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += sliceBytes) {
      const slice = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(sliceBytes, bytes.length - at));
      this.total += slice.length;
      if (this.total > this.limits.totalBytes)
        throw refused(`an answer is longer than ${this.limits.totalBytes} bytes`);
      const source = this.rest.length === 0 ? slice : Buffer.concat([this.rest, slice]);
      const read = this.read(source);
      // A copy: whoever reads the network may use its memory again.
      this.rest = read === source.length ? nothing : Buffer.from(source.subarray(read));
      if (this.handedOver + this.rest.length > this.limits.runBytes)
        throw refused(`one text is longer than ${this.limits.runBytes} bytes`);
    }
  }

  /** Call at the end of the body: only now a cut-off answer can be told from a whole one. */
  end(): void {
    if (this.state !== 'after' || this.rest.length > 0) throw malformed();
  }

  /** @returns where that begins which cannot be understood yet. */
  private read(source: Buffer): number {
    let at = this.state === 'start' ? this.declaration(source) : 0;
    while (at < source.length && this.state !== 'start') {
      if (source[at] !== less) {
        const end = this.text(source, at);
        if (source[end] !== less) return end;
        at = end;
      }
      const next = source[at + 1] === slash ? this.endTag(source, at) : this.startTag(source, at);
      if (next === -1) return at;
      this.handedOver = 0;
      at = next;
    }
    return at;
  }

  /** Where the document begins behind its declaration, if it has one; 0 while that is not known. */
  private declaration(source: Buffer): number {
    const head = source.toString('latin1', 0, 8);
    const mark = head.startsWith(byteOrderMark) ? 3 : 0;
    const isDeclared = head.startsWith('<?xml', mark);
    const end = isDeclared ? source.indexOf(greater) : -1;
    const isCut = [byteOrderMark, `${byteOrderMark}<?xml`, '<?xml'].some((start) => start.startsWith(head));
    if (isCut || (isDeclared && end === -1)) return 0;
    this.state = 'before';
    if (!isDeclared) return mark;
    const declaration = /^<\?xml\s[^>]*\?>$/.exec(this.decode(source, mark, end + 1))?.[0];
    if (declaration === undefined) throw refused('it contains a processing instruction');
    const encoding = /\sencoding\s*=\s*["']([^"']*)["']/.exec(declaration)?.[1] ?? 'utf-8';
    if (encoding.toLowerCase() !== 'utf-8') throw refused('it is not UTF-8');
    return end + 1;
  }

  /** @returns where its end, or the piece of it that can be understood, is. */
  private text(source: Buffer, from: number): number {
    let seen = 0;
    let to = from;
    for (; to < source.length; to++) {
      const byte = source[to] ?? 0;
      if (byte === less) break;
      seen |= kinds[byte] ?? 0;
    }
    if (seen >= notXml) throw malformed();
    const end = to < source.length || seen === 0 ? to : endOfText(source, from);
    if (end === null) throw malformed();
    this.handedOver += end - from;
    if (this.state !== 'inside') this.outside(source, from, end);
    else if (seen !== 0) this.handler.text(this.resolved(source, from, end));
    else if (this.handler.wantsText !== false) this.handler.text(this.texts.text(source, from, end));
    return end;
  }

  private outside(source: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at++) if (!isSpace(source[at])) throw malformed();
  }

  private resolved(source: Buffer, from: number, to: number): string {
    const text = readText(this.decode(source, from, to));
    if (text === null) throw malformed();
    return text;
  }

  private decode(source: Buffer, from: number, to: number): string {
    const text = decodeText(source, from, to);
    if (text === null) throw refused('it is not UTF-8');
    if (isForbidden(text)) throw malformed();
    return text;
  }

  /** @returns where it ends, or -1 while its end has not come. */
  private startTag(source: Buffer, at: number): number {
    const first = source[at + 1];
    if (first === bang) throw refused('it contains a DOCTYPE, a CDATA section or a comment');
    if (first === question) throw refused('it contains a processing instruction');
    let hash = 0;
    let end = at + 1;
    for (; end < source.length; end++) {
      const byte = source[end] ?? 0;
      if (byte === greater) break;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    if (end === source.length) return -1;
    const known = this.tags.find(source, at + 1, end, hash);
    if (known === undefined) return this.newTag(source, at + 1, end, hash);
    this.open(known);
    return end + 1;
  }

  /** A tag that was not met before; what seemed to be its end may belong to an attribute. */
  private newTag(source: Buffer, from: number, greaterAt: number, hash: number): number {
    for (let end = greaterAt; end !== -1; end = source.indexOf(greater, end + 1)) {
      if (end - from > tagBytes) throw refused(`a tag is longer than ${tagBytes} bytes`);
      const written = this.decode(source, from, end);
      const tag = readStartTag(written, this.limits.attributes);
      if (tag === 'malformed') throw malformed();
      if (tag === 'too-many-attributes') throw refused('an element has too many attributes');
      if (tag === 'unfinished') continue;
      // Any other hash would not be found again.
      if (end === greaterAt && written.length === end - from && written.length < 256)
        this.tags.keep(written, hash, tag);
      this.open(tag);
      return end + 1;
    }
    return -1;
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

  private endTag(source: Buffer, at: number): number {
    const name = this.names[this.names.length - 1];
    if (name === undefined) throw malformed();
    let end = at + 2;
    for (let letter = 0; letter < name.length && end < source.length; letter++, end++)
      if (source[end] !== name.charCodeAt(letter)) throw malformed();
    while (end < source.length && isSpace(source[end])) end++;
    if (end === source.length) return -1;
    if (source[end] !== greater) throw malformed();
    this.close();
    return end + 1;
  }
}

const isSpace = (byte: number | undefined): boolean =>
  byte === space || byte === lineFeed || byte === tab || byte === carriageReturn;

const refused = (what: string): VsphereError =>
  new VsphereError('vcenter_protocol', `The answer was refused: ${what}.`);

const malformed = (): VsphereError => refused('it is not a whole, well-formed XML document');
