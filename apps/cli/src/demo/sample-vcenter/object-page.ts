import { isKindOf, type ManagedObject } from './inventory.js';
import { invalidProperty } from './soap-answer.js';
import { escapeText, propertyMarkup, valueAt } from './vim-value.js';

type PropertySet = { type: string; paths: readonly string[] };

/** `objects` elements with the asked properties. @throws VimFault InvalidProperty for a path that the type has not. */
export const pageOf = (objects: readonly ManagedObject[], sets: readonly PropertySet[]): string =>
  objects.map((object) => contentOf(object, sets)).join('');

/** Properties that an object has and that say nothing while they are not set. */
const mayBeUnset = ['parent', 'snapshot'];

function contentOf({ ref, properties }: ManagedObject, sets: readonly PropertySet[]): string {
  const paths = sets.filter((set) => isKindOf(ref.kind, set.type)).flatMap((set) => set.paths);
  const propSets = [...new Set(paths)].map((path) => {
    const [first = ''] = path.split('.');
    // An unset value is left out; a property that there is not is refused, with the whole call.
    if (!mayBeUnset.includes(first) && valueAt(properties, first) === null) throw invalidProperty(path);
    const value = valueAt(properties, path);
    return value === null ? '' : `<propSet><name>${escapeText(path)}</name>${propertyMarkup(value)}</propSet>`;
  });
  return `<objects><obj type="${ref.kind}">${escapeText(ref.id)}</obj>${propSets.join('')}</objects>`;
}
