import { MapSnapshot } from '@lunwarden/contract';
import { children, textOf, type XmlElement } from '../soap/xml-element.js';
import { clean, unescapeName } from './clean-text.js';

const none: readonly MapSnapshot[] = [];

/** VirtualMachineSnapshotInfo: every snapshot of the tree. Unset, and so free of cost, for a VM without one. */
export function readSnapshots(vm: string, info: XmlElement | null): readonly MapSnapshot[] {
  if (info === null) return none;
  return children(info, 'rootSnapshotList').flatMap((tree) => inTree(vm, tree));
}

function inTree(vm: string, tree: XmlElement): MapSnapshot[] {
  const name = clean(unescapeName(textOf(tree, 'name') ?? ''), 256);
  const createdAt = instantOf(textOf(tree, 'createTime'));
  const parsed = MapSnapshot.safeParse({ vm, name, createdAt });
  // A clock that was never set is no reason to lose a snapshot.
  const own: MapSnapshot = parsed.success ? parsed.data : { vm, name, createdAt: null };
  return [own, ...children(tree, 'childSnapshotList').flatMap((below) => inTree(vm, below))];
}

function instantOf(text: string | null): string | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
