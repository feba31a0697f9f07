import type { GapList } from '../collect/gap-list.js';
import type { ObjectContent } from '../collect/object-content.js';
import type { Ref } from '../soap/xml-element.js';
import { clean, unescapeName } from './clean-text.js';
import { Fields } from './fields.js';

/** Types that stand above hosts and datastores; StoragePod and ClusterComputeResource are sub-types of these. */
export const treeTypes = ['Datacenter', 'Folder', 'ComputeResource'] as const;
export const treePaths = ['name', 'parent'] as const;

export interface TreeNode {
  readonly ref: Ref;
  readonly escapedName: string;
  readonly parent: Ref | null;
}

export function readTreeNode(object: ObjectContent, gaps: GapList): TreeNode {
  const fields = new Fields(object, gaps);
  const escapedName = fields.requiredText('name') ?? object.ref.id;
  fields.required('parent');
  return { ref: object.ref, escapedName, parent: fields.ref('parent') };
}

// Inventories are a dozen levels deep at most; a loop must still end.
const maximumLevels = 64;

/** Answers where something stands, without a call per object. */
export class InventoryTree {
  constructor(
    private readonly root: Ref,
    private readonly nodes: ReadonlyMap<string, TreeNode>,
    private readonly gaps: GapList,
  ) {}

  /** Inventory path as govc and PowerCLI write it, e.g. `/DC0/datastore/SAN/vmfs-1`; names stay escaped. */
  pathOf(parent: Ref | null, escapedName: string): string {
    const names = this.above(parent).map((node) => node.escapedName);
    return clean(`/${[...names.reverse(), escapedName].join('/')}`, 1024);
  }

  datacenterOf(parent: Ref | null): string | null {
    return this.nameOf(this.above(parent).find((node) => node.ref.kind === 'Datacenter'));
  }

  /** Name of the cluster, or of the compute resource of a stand-alone host. */
  clusterOf(parent: Ref | null): string | null {
    return this.nameOf(this.above(parent).find((node) => node.ref.kind.endsWith('ComputeResource')));
  }

  private nameOf(node: TreeNode | undefined): string | null {
    return node === undefined ? null : clean(unescapeName(node.escapedName), 256);
  }

  /** From the nearest to the topmost, without the root folder. */
  private above(parent: Ref | null): TreeNode[] {
    const nodes: TreeNode[] = [];
    let at = parent;
    while (at !== null && at.id !== this.root.id && nodes.length < maximumLevels) {
      const node = this.nodes.get(at.id);
      if (node === undefined) {
        this.gaps.add(at, '*', 'not visible to this account');
        break;
      }
      nodes.push(node);
      at = node.parent;
    }
    return nodes;
  }
}
