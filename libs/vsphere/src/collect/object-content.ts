import { faultOfValue, type VimFault } from '../soap/vim-fault.js';
import { child, children, descend, type Ref, refOf, textOf, type XmlElement } from '../soap/xml-element.js';
import { VsphereError } from '../vsphere-error.js';

/** What vCenter told about one object: values by property path, and the paths that it refused. */
export interface ObjectContent {
  readonly ref: Ref;
  readonly values: ReadonlyMap<string, XmlElement>;
  readonly missing: readonly { readonly path: string; readonly fault: VimFault }[];
}

/** Reads an `objects` element of RetrievePropertiesEx. @throws VsphereError when it names no object. */
export function readObjectContent(element: XmlElement): ObjectContent {
  const ref = refOf(child(element, 'obj'));
  if (ref === null) throw new VsphereError('vcenter_protocol', 'The vCenter returned properties of no object.');
  const values = new Map<string, XmlElement>();
  for (const property of children(element, 'propSet')) {
    const value = child(property, 'val');
    if (value !== null) values.set(textOf(property, 'name') ?? '', value);
  }
  const missing = children(element, 'missingSet').map((one) => ({
    path: textOf(one, 'path') ?? '',
    fault: faultOfValue(descend(one, 'fault', 'fault')),
  }));
  return { ref, values, missing };
}
