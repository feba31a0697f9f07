import type { VcenterProbe } from '@lunwarden/contract';
import { clean } from './map/clean-text.js';
import { child, type Ref, refOf, textOf, type XmlElement } from './soap/xml-element.js';
import { VsphereError } from './vsphere-error.js';

export type About = NonNullable<VcenterProbe['about']>;

/** The managers that this library calls, and who answers. */
export interface ServiceContent {
  readonly about: About;
  readonly rootFolder: Ref;
  readonly propertyCollector: Ref;
  readonly viewManager: Ref;
  readonly sessionManager: Ref;
  /** Unset where nobody may ask for rights. */
  readonly authorizationManager: Ref | null;
}

/** @throws VsphereError when the answer is not that of a vCenter. */
export function readServiceContent(returnval: XmlElement | null): ServiceContent {
  const about = child(returnval, 'about');
  if (textOf(about, 'apiType') === 'HostAgent')
    throw new VsphereError(
      'vcenter_protocol',
      'This is a single ESXi host. Give the address of the vCenter that manages it.',
    );
  const instanceUuid = clean(textOf(about, 'instanceUuid') ?? '', 64);
  if (instanceUuid === '') throw missing('about.instanceUuid');
  return {
    about: {
      name: clean(textOf(about, 'name') ?? '', 200),
      apiVersion: clean(textOf(about, 'apiVersion') ?? '', 32),
      build: clean(textOf(about, 'build') ?? '', 32),
      instanceUuid: instanceUuid.toLowerCase(),
    },
    rootFolder: manager(returnval, 'rootFolder'),
    propertyCollector: manager(returnval, 'propertyCollector'),
    viewManager: manager(returnval, 'viewManager'),
    sessionManager: manager(returnval, 'sessionManager'),
    authorizationManager: refOf(child(returnval, 'authorizationManager')),
  };
}

function manager(returnval: XmlElement | null, name: string): Ref {
  const ref = refOf(child(returnval, name));
  if (ref === null) throw missing(name);
  return ref;
}

const missing = (what: string): VsphereError =>
  new VsphereError(
    'vcenter_protocol',
    `The server did not tell its ${what}. Check that the address is the vCenter's own.`,
  );
