import type { Session } from '../session.js';
import { insideReturnvalDepth, type Projection } from '../soap/answer-reader.js';
import { group, leaf, type Markup, reference, viewTraversal } from '../soap/envelope.js';
import { isSessionLoss, VimFault } from '../soap/vim-fault.js';
import type { Ref } from '../soap/xml-element.js';
import { VsphereError } from '../vsphere-error.js';
import { type ObjectContent, readObjectContent } from './object-content.js';

/** Which properties of which objects. */
export interface PropertyQuery {
  /** Managed object type; sub-types are included. */
  readonly type: string;
  readonly paths: readonly string[];
  /** The objects behind a container view, one object that has to be there, or objects that may be gone meanwhile. */
  readonly from: { readonly view: Ref } | { readonly object: Ref } | { readonly objects: readonly Ref[] };
  /** The parts of large values that are looked at. */
  readonly only?: Projection;
  /** vCenter caps a page by its own policy too, so answers are always read page by page. */
  readonly pageSize: number;
}

/** Nothing promises that a page is never a little larger than asked; an endless one must still end. */
const slack = 100;

interface Take {
  readonly onObject: (object: ObjectContent) => void;
  readonly atMost: number;
  readonly only: Projection;
}
const everything: Projection = new Map();

/**
 * RetrievePropertiesEx and all its Continue calls. A token is text (vCenter's first may be "0") and works once, so
 * after any failure the whole query has to be asked again.
 * @throws VimFault NotAuthenticated also where vCenter hides it in every missingSet of a seemingly good answer.
 */
export async function retrieveProperties(
  session: Session,
  query: PropertyQuery,
  onObject: (object: ObjectContent) => void,
  onPage: () => void = () => undefined,
): Promise<void> {
  const collector = session.content.propertyCollector;
  const take = {
    onObject,
    atMost: query.pageSize + slack,
    only: query.only ?? everything,
  };
  let token = await page(session, 'RetrievePropertiesEx', firstParts(query), take);
  while (token !== null) {
    onPage();
    token = await next(session, collector, token, take);
  }
  onPage();
}

async function next(session: Session, collector: Ref, token: string, take: Take): Promise<string | null> {
  const parts = [leaf('token', token)];
  try {
    session.signal.throwIfAborted();
    return await page(session, 'ContinueRetrievePropertiesEx', parts, take);
  } catch (error) {
    if (!(error instanceof VimFault)) await session.farewell('CancelRetrievePropertiesEx', collector, ...parts);
    throw error;
  }
}

async function page(
  session: Session,
  method: string,
  parts: readonly Markup[],
  { onObject, atMost, only }: Take,
): Promise<string | null> {
  let token: string | null = null;
  let objects = 0;
  await session.stream({
    method,
    self: session.content.propertyCollector,
    parts,
    itemDepth: insideReturnvalDepth,
    only,
    onItem: (item) => {
      if (item.name === 'token') token = item.text;
      if (item.name !== 'objects') return;
      if (++objects > atMost)
        throw new VsphereError('vcenter_protocol', 'The answer was refused: it has more objects than were asked for.');
      const object = readObjectContent(item);
      const lost = object.missing.find(({ fault }) => isSessionLoss(fault));
      if (lost !== undefined) throw lost.fault;
      onObject(object);
    },
  });
  return token;
}

function firstParts({ type, paths, from, pageSize }: PropertyQuery): Markup[] {
  const propSet = group('propSet', leaf('type', type), ...paths.map((path) => leaf('pathSet', path)));
  return [group('specSet', propSet, ...objectSetsOf(from)), group('options', leaf('maxObjects', String(pageSize)))];
}

function objectSetsOf(from: PropertyQuery['from']): Markup[] {
  if ('view' in from) return [group('objectSet', reference('obj', from.view), leaf('skip', 'true'), viewTraversal)];
  if ('object' in from) return [group('objectSet', reference('obj', from.object))];
  const sets = from.objects.map((object) => group('objectSet', reference('obj', object)));
  // What is gone is then left out; else it fails the whole call. Never for a view: a lost session would look empty.
  return [...sets, leaf('reportMissingObjectsInResults', 'true')];
}
