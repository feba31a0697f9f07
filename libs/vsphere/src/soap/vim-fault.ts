import { child, type Ref, refOf, textOf, type XmlElement } from './xml-element.js';

/** A fault of the vSphere API, as SOAP fault detail or inside a missingSet. Thrown only inside this library. */
export class VimFault extends Error {
  /** Type of the fault, e.g. `InvalidLogin`, `NotAuthenticated`, `NoPermission`. */
  readonly kind: string;
  /** The object that the fault is about (ManagedObjectNotFound, NoPermission). */
  readonly object: Ref | null;
  readonly privilege: string | null;

  constructor(kind: string, object: Ref | null, privilege: string | null) {
    super(`vSphere answered with the fault ${kind}`);
    this.name = 'VimFault';
    this.kind = kind;
    this.object = object;
    this.privilege = privilege;
  }

  /** NoPermission(System.Read), or just the kind. */
  get reason(): string {
    return this.privilege === null ? this.kind : `${this.kind}(${this.privilege})`;
  }
}

/** A `<soapenv:Fault>` element. Without detail (e.g. unknown method) the kind is `SoapFault`. */
export function faultOfEnvelope(fault: XmlElement): VimFault {
  const detail = child(fault, 'detail')?.children[0] ?? null;
  return faultOfValue(detail, detail?.name.replace(/Fault$/, '') ?? 'SoapFault');
}

/** A MethodFault value; the type is in xsi:type. */
export function faultOfValue(value: XmlElement | null, fallback = 'UnknownFault'): VimFault {
  const kind = value?.type ?? fallback;
  const object = refOf(child(value, 'obj')) ?? refOf(child(value, 'object'));
  return new VimFault(wordOf(kind), object, wordOrNull(textOf(value, 'privilegeId')));
}

// Names come from the server and go into messages: only what looks like a name passes.
const wordOf = (text: string): string => (/^[A-Za-z0-9_.]{1,80}$/.test(text) ? text : 'UnknownFault');
const wordOrNull = (text: string | null): string | null =>
  text !== null && /^[A-Za-z0-9_.]{1,120}$/.test(text) ? text : null;

const viewKinds = new Set(['ContainerView', 'ListView', 'PropertyFilter', 'PropertyCollector']);

/** The faces of a lost session: views and filters die with it, so a missing one means the same as NotAuthenticated. */
export const isSessionLoss = (fault: VimFault): boolean =>
  fault.kind === 'NotAuthenticated' ||
  (fault.kind === 'ManagedObjectNotFound' && fault.object !== null && viewKinds.has(fault.object.kind));
