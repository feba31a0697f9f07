import type { GapList } from '../collect/gap-list.js';
import type { ObjectContent } from '../collect/object-content.js';
import { type Ref, refOf, type XmlElement } from '../soap/xml-element.js';

/** The properties of one object. A required one that vCenter neither gave nor refused becomes a gap as well. */
export class Fields {
  constructor(
    private readonly object: ObjectContent,
    private readonly gaps: GapList,
  ) {}

  element(path: string): XmlElement | null {
    return this.object.values.get(path) ?? null;
  }

  required(path: string): XmlElement | null {
    const element = this.element(path);
    if (element === null) this.gaps.add(this.object.ref, path, 'not answered');
    return element;
  }

  text(path: string): string | null {
    return this.element(path)?.text ?? null;
  }

  requiredText(path: string): string | null {
    return this.required(path)?.text ?? null;
  }

  /** False when absent; ask with `requiredText` first where absence matters. */
  flag(path: string): boolean {
    return isTrue(this.text(path));
  }

  ref(path: string): Ref | null {
    return refOf(this.element(path));
  }

  /** Tells that part of this object could not be read. */
  gap(path: string, reason: string): void {
    this.gaps.add(this.object.ref, path, reason);
  }
}

/** xsd:boolean has two spellings of true. */
export const isTrue = (text: string | null): boolean => text === 'true' || text === '1';

/** What the contract takes for the id of a managed object. */
export const isMoref = (text: string): boolean => /^[A-Za-z0-9._:-]{1,128}$/.test(text);

/** An unsigned 64-bit integer with all its digits, or null for anything else. */
export const decimalOrNull = (text: string | null): string | null =>
  text !== null && /^(0|[1-9][0-9]{0,19})$/.test(text) ? text : null;
