import type { Session } from '../session.js';
import { insideReturnvalDepth, type Projection } from '../soap/answer-reader.js';
import { group, leaf, reference, viewTraversal } from '../soap/envelope.js';
import { faultOfValue, isSessionLoss, type VimFault } from '../soap/vim-fault.js';
import { child, children, descend, type Ref, refOf, type XmlElement } from '../soap/xml-element.js';
import { VsphereError } from '../vsphere-error.js';

/** Objects below a view, and the properties whose changes are told. */
export interface Watched {
  readonly view: Ref;
  readonly type: string;
  readonly paths: readonly string[];
}

/** Which object, not what: what has changed is read like everything else, so that there is one way to read it. */
const parts: Projection = new Map([['objectSet', new Set(['obj', 'missingSet'])]]);
/** vCenter's own default is 100, and it may send fewer. */
const objectsAnAnswer = 1_000;
/** Five times the largest vCenter: an answer for ever must end. */
const maximumUpdates = 1_000_000;

/**
 * PropertyCollector.WaitForUpdatesEx on a collector of our own: filters and versions belong to the session and end with
 * it. Not every property is told of (Datastore.summary, VirtualMachine.storage and layoutEx are not).
 */
export class ChangeFeed {
  private version = '';

  private constructor(
    private readonly session: Session,
    private readonly collector: Ref,
  ) {}

  /** Watches from now on. The first `next` tells of every object there is. @throws VimFault */
  static async open(session: Session, watched: readonly Watched[]): Promise<ChangeFeed> {
    const made = await session.call('CreatePropertyCollector', session.content.propertyCollector);
    const collector = refOf(made);
    if (collector === null) throw new VsphereError('vcenter_protocol', 'The vCenter made no property collector.');
    for (const one of watched)
      await session.call('CreateFilter', collector, filterSpec(one), leaf('partialUpdates', 'false'));
    return new ChangeFeed(session, collector);
  }

  /** Morefs of what was made, changed or deleted since the call before. @throws VimFault when the session or version is lost */
  async next(): Promise<ReadonlySet<string>> {
    const touched = new Set<string>();
    for (let told = 0; ; ) {
      const { updates, isTruncated } = await this.ask(touched);
      told += updates;
      if (!isTruncated) return touched;
      if (told > maximumUpdates || updates === 0)
        throw new VsphereError('vcenter_protocol', 'The vCenter tells of changes without end.');
    }
  }

  private async ask(touched: Set<string>): Promise<{ updates: number; isTruncated: boolean }> {
    let updates = 0;
    let isTruncated = false;
    const options = [leaf('maxWaitSeconds', '0'), leaf('maxObjectUpdates', String(objectsAnAnswer))];
    await this.session.stream({
      method: 'WaitForUpdatesEx',
      self: this.collector,
      parts: [leaf('version', this.version), group('options', ...options)],
      itemDepth: insideReturnvalDepth,
      through: 'filterSet',
      only: parts,
      onItem: (item) => {
        if (item.name === 'version') this.version = item.text;
        if (item.name === 'truncated') isTruncated = item.text === 'true' || item.text === '1';
        if (item.name !== 'objectSet' && item.name !== 'missingObjects') return;
        updates++;
        const lost = lossIn(item);
        if (lost !== null) throw lost;
        const ref = refOf(child(item, 'obj'));
        if (ref !== null) touched.add(ref.id);
      },
    });
    return { updates, isTruncated };
  }
}

/** A lost session hides in what seems to be an answer. */
function lossIn(update: XmlElement): VimFault | null {
  const faults = [...children(update, 'missingSet'), update].map((one) => descend(one, 'fault', 'fault'));
  return faults.flatMap((fault) => (fault === null ? [] : [faultOfValue(fault)])).find(isSessionLoss) ?? null;
}

const filterSpec = ({ view, type, paths }: Watched) =>
  group(
    'spec',
    group('propSet', leaf('type', type), ...paths.map((path) => leaf('pathSet', path))),
    group('objectSet', reference('obj', view), leaf('skip', 'true'), viewTraversal),
  );
