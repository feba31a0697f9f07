import type { Inventory, ManagedObject } from './inventory.js';
import { pageOf } from './object-page.js';
import { invalidArgument, invalidProperty, VimFault } from './soap-answer.js';
import { child, childrenOf, type Element, refOf, textOf } from './soap-request.js';
import { array, boolean, data, escapeText, type Ref, reference, string, type VimValue } from './vim-value.js';

/** What vCenter itself allows: 100 objects where the caller names no page size, and 1000 at most. */
const pageSizes = { unasked: 100, most: 1000 };

type View = { objects: readonly ManagedObject[]; self: ManagedObject };
type Rest = { objects: readonly ManagedObject[]; request: PropertyRequest };
type PropertyRequest = { sets: readonly { type: string; paths: readonly string[] }[]; pageSize: number };

/** One login: its views and half-read answers die with it. */
export class VcenterSession {
  readonly #views = new Map<string, View>();
  readonly #rests = new Map<string, Rest>();
  #lastToken = -1;

  constructor(
    private readonly inventory: Inventory,
    private readonly key: string,
  ) {}

  createContainerView(call: Element): string {
    const container = refOf(child(call, 'container'));
    if (container === null || this.inventory.get(container.id) === null) throw invalidArgument('container');
    const types = childrenOf(call, 'type').map((one) => one.text.trim());
    const objects = this.inventory.below(container, types, textOf(call, 'recursive') === 'true');
    const ref = { kind: 'ContainerView', id: `session[${this.key}]view-${this.#views.size}` };
    this.#views.set(ref.id, { objects, self: { ref, parent: null, properties: viewProperties(container, objects) } });
    return `<returnval type="ContainerView">${ref.id}</returnval>`;
  }

  destroyView(call: Element): string {
    const self = refOf(child(call, '_this'));
    if (self === null || !this.#views.delete(self.id)) throw notFound(self);
    return '';
  }

  retrievePropertiesEx(call: Element): string {
    const spec = child(call, 'specSet');
    const sets = childrenOf(spec, 'propSet').map((one) => ({
      type: textOf(one, 'type') ?? '',
      paths: childrenOf(one, 'pathSet').map((path) => path.text.trim()),
    }));
    const objects = childrenOf(spec, 'objectSet').flatMap((one) => this.#selected(one));
    const asked = Number(textOf(child(call, 'options'), 'maxObjects') ?? pageSizes.unasked);
    if (!Number.isInteger(asked) || asked < 1) throw invalidArgument('options.maxObjects');
    return this.#page({ objects, request: { sets, pageSize: Math.min(asked, pageSizes.most) } });
  }

  /** A token works once; what it stood for is gone with the first use, also if the answer is lost. */
  continueRetrievePropertiesEx(call: Element): string {
    const token = textOf(call, 'token') ?? '';
    const rest = this.#rests.get(token);
    if (rest === undefined) throw invalidProperty('token');
    this.#rests.delete(token);
    return this.#page(rest);
  }

  cancelRetrievePropertiesEx(call: Element): string {
    if (!this.#rests.delete(textOf(call, 'token') ?? '')) throw invalidProperty('token');
    return '';
  }

  #page({ objects, request }: Rest): string {
    const page = pageOf(objects.slice(0, request.pageSize), request.sets);
    const rest = objects.slice(request.pageSize);
    if (objects.length === 0) return '';
    if (rest.length === 0) return `<returnval>${page}</returnval>`;
    // The first token is "0", as with a real vCenter: text that careless readers take for nothing.
    const token = String(++this.#lastToken);
    this.#rests.set(token, { objects: rest, request });
    return `<returnval><token>${token}</token>${page}</returnval>`;
  }

  /** An object itself unless it is skipped, and what a traversal of `ContainerView.view` finds. */
  #selected(set: Element): readonly ManagedObject[] {
    const ref = refOf(child(set, 'obj'));
    const view = this.#views.get(ref?.id ?? '');
    const self = view?.self ?? this.inventory.get(ref?.id ?? '');
    if (self === null || self.ref.kind !== ref?.kind) throw notFound(ref);
    const selections = childrenOf(set, 'selectSet');
    for (const one of selections) {
      if (textOf(one, 'type') !== 'ContainerView' || textOf(one, 'path') !== 'view') throw invalidArgument('selectSet');
    }
    const own = textOf(set, 'skip') === 'true' ? [] : [self];
    return selections.length === 0 ? own : [...own, ...(view?.objects ?? [])];
  }
}

const viewProperties = (container: Ref, objects: readonly ManagedObject[]): VimValue =>
  data('ContainerView', {
    container: reference(container),
    recursive: boolean(true),
    type: array('String', [...new Set(objects.map(({ ref }) => ref.kind))].map(string)),
    view: array(
      'ManagedObjectReference',
      objects.map(({ ref }) => reference(ref)),
    ),
  });

const notFound = (ref: Ref | null): VimFault =>
  new VimFault(
    'ManagedObjectNotFound',
    'The object has already been deleted or has not been completely created',
    ref === null ? '' : `<obj type="${escapeText(ref.kind)}">${escapeText(ref.id)}</obj>`,
  );
