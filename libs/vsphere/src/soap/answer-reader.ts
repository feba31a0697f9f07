import { VsphereError } from '../vsphere-error.js';
import type { VimFault } from './vim-fault.js';
import { faultOfEnvelope } from './vim-fault.js';
import type { XmlElement } from './xml-element.js';
import { defaultXmlLimits, type XmlHandler, type XmlLimits, XmlReader } from './xml-reader.js';

/** Elements that one returned object may have: a datastore on 4,096 hosts has some 30,000. */
const maximumElements = 300_000;
/** Characters of text that one returned object may hold; a LUN-rich host has about 2 million. */
const maximumText = 16 << 20;
/** Depth of a `returnval` (Envelope > Body > XResponse > returnval), and of what is inside it. */
export const returnvalDepth = 4;
export const insideReturnvalDepth = 5;

/** By the name of an element, which of its children are wanted. An element that is not named here is wanted whole. */
export type Projection = ReadonlyMap<string, ReadonlySet<string>>;

export interface AnswerShape {
  readonly method: string;
  /** Elements at this depth are built and handed over one by one, then forgotten. */
  readonly itemDepth: number;
  readonly onItem: (item: XmlElement) => void;
  /** Elements at `itemDepth` with this name are no items: those inside them are. */
  readonly through?: string;
  /** Children of the elements with these names that are looked at; the others are read over. */
  readonly only?: Projection;
}

const childless: readonly XmlElement[] = [];

class AnswerElement implements XmlElement {
  text = '';
  /** Most elements are leaves: they share one empty list. */
  children = childless;
  /** Names of the children that are wanted; null = all. */
  wanted: ReadonlySet<string> | null | undefined;
  private own: XmlElement[] | null = null;

  constructor(
    readonly name: string,
    readonly type: string | null,
    readonly kind: string | null,
  ) {}

  add(element: XmlElement): void {
    this.own ??= [];
    this.own.push(element);
    this.children = this.own;
  }
}

/**
 * Turns a SOAP answer into items, holding one at a time.
 * @throws VsphereError `vcenter_protocol` for anything but a whole answer to `method`; `end` throws the VimFault if the
 * answer is one.
 */
export class AnswerReader implements XmlHandler {
  private readonly xml: XmlReader;
  private depth = 0;
  private elements = 0;
  private textLength = 0;
  private readonly open_: AnswerElement[] = [];
  wantsText = false;
  private fault: VimFault | null = null;
  private answered = false;
  private isThrough = false;
  /** Depth of the outermost element that is being read over. */
  private skipping: number | null = null;

  constructor(
    private readonly shape: AnswerShape,
    limits: XmlLimits = defaultXmlLimits,
  ) {
    this.xml = new XmlReader(this, limits);
  }

  write(bytes: Uint8Array): void {
    this.xml.write(bytes);
  }

  end(): void {
    this.xml.end();
    if (this.fault !== null) throw this.fault;
    if (!this.answered) throw unexpected(this.shape.method);
  }

  open(name: string, type: string | null, kind: string | null): void {
    this.depth++;
    if (this.depth <= 3) this.checkFrame(name);
    if (this.skipping !== null) return;
    const parent = this.open_[this.open_.length - 1];
    if (parent === undefined && !this.startsItem(name)) {
      if (this.depth === this.shape.itemDepth) this.isThrough = this.answered && name === this.shape.through;
      return;
    }
    if (parent !== undefined && !this.isWanted(name, parent)) {
      this.skipping = this.depth;
      this.wantsText = false;
      return;
    }
    if (++this.elements > maximumElements) throw tooLarge();
    const element = new AnswerElement(name, type, kind);
    parent?.add(element);
    this.open_.push(element);
    this.wantsText = true;
  }

  text(text: string): void {
    const element = this.open_[this.open_.length - 1];
    if (!this.wantsText || element === undefined) return;
    this.textLength += text.length;
    if (this.textLength > maximumText) throw tooLarge();
    element.text = element.text === '' ? text : element.text + text;
  }

  close(): void {
    this.depth--;
    // What follows the end of an element is not the text of a leaf.
    this.wantsText = false;
    if (this.skipping !== null) {
      if (this.depth < this.skipping) this.skipping = null;
      return;
    }
    const element = this.open_.pop();
    if (element === undefined) return;
    if (element.children.length > 0) element.text = '';
    if (this.open_.length > 0) return;
    this.elements = 0;
    this.textLength = 0;
    if (this.depth === 2) this.fault = faultOfEnvelope(element);
    else this.shape.onItem(element);
  }

  private startsItem(name: string): boolean {
    if (this.depth === 3 && name === 'Fault') return true;
    const { itemDepth, through } = this.shape;
    if (this.depth === itemDepth) return this.answered && name !== through;
    return this.isThrough && this.depth === itemDepth + 1;
  }

  private isWanted(name: string, parent: AnswerElement): boolean {
    // Asked once an element: most are leaves and never are.
    if (parent.wanted === undefined) parent.wanted = this.shape.only?.get(parent.name) ?? null;
    return parent.wanted === null || parent.wanted.has(name);
  }

  private checkFrame(name: string): void {
    const { method } = this.shape;
    if (this.depth === 1 && name !== 'Envelope') throw unexpected(method);
    if (this.depth === 2 && name !== 'Body' && name !== 'Header') throw unexpected(method);
    if (this.depth === 3 && name === `${method}Response`) this.answered = true;
  }
}

const tooLarge = (): VsphereError =>
  new VsphereError('vcenter_protocol', 'The answer was refused: one object in it is too large.');

const unexpected = (method: string): VsphereError =>
  new VsphereError(
    'vcenter_protocol',
    `The server did not answer ${method} like a vCenter. Check that the address is the vCenter's own, not a proxy's or a portal's.`,
  );
