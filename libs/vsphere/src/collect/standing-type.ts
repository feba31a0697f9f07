import type { Session } from '../session.js';
import type { Ref } from '../soap/xml-element.js';
import { collectObjects } from './collect-objects.js';
import type { Collected, TypeQuery } from './collect-type.js';
import { idsInView } from './container-view.js';

type Query<T> = Pick<TypeQuery<T>, 'type' | 'paths' | 'only' | 'map'>;

/** More to read than this share of all is read faster, and judged better, from the beginning. */
const largestPart = 0.5;
/** So few are never many. */
const everyday = 250;

/** Everything of one type that was told whole, kept from one reading to the next. */
export class StandingType<T> {
  private readonly objects = new Map<string, T>();

  constructor(
    private readonly session: Session,
    private readonly query: Query<T>,
    readonly view: Ref,
  ) {}

  /** Takes over what a full reading brought. An object with a gap is not kept: it is asked for again each time. */
  keep(read: Collected<T>): Collected<T> {
    const partial = new Set(read.gaps.toArray().map(({ object }) => object));
    this.objects.clear();
    // A gap that names no single object says that any may be concerned.
    if ([...partial].every((name) => name.includes(':')))
      for (const [id, value] of read.objects) if (!partial.has(`${this.query.type}:${id}`)) this.objects.set(id, value);
    return read;
  }

  get(id: string): T | undefined {
    return this.objects.get(id);
  }

  ids(): Iterable<string> {
    return this.objects.keys();
  }

  /** A value that was read in another way. */
  amend(id: string, value: T): void {
    this.objects.set(id, value);
  }

  /**
   * All objects of the type as they are now: which there are is asked every time, so that neither a new nor a deleted one
   * depends on having been told of.
   * @param touched morefs, of any type, that are to be read again.
   * @returns null when so much is to be read that it is better read from the beginning.
   */
  async refresh(touched: ReadonlySet<string>): Promise<Collected<T> | null> {
    const ids = await idsInView(this.session, this.view);
    for (const id of this.objects.keys()) if (!ids.has(id) || touched.has(id)) this.objects.delete(id);
    const lacking = [...ids].filter((id) => !this.objects.has(id));
    if (lacking.length > Math.max(everyday, ids.size * largestPart)) return null;
    const standing = this.objects.size;
    const read = await collectObjects(this.session, this.query, lacking);
    const objects = new Map([...this.objects, ...read.objects]);
    for (const [id, value] of read.objects) if (read.whole.has(id)) this.objects.set(id, value);
    return { objects, expected: standing + read.expected, gaps: read.gaps };
  }
}
