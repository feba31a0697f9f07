import { expect, test } from 'vitest';
import { GapList } from '../collect/gap-list.js';
import { InventoryTree, type TreeNode } from './inventory-tree.js';

const root = { kind: 'Folder', id: 'group-d1' };
const ref = (kind: string, id: string) => ({ kind, id });
const node = (
  kind: string,
  id: string,
  escapedName: string,
  parent: { kind: string; id: string },
): [string, TreeNode] => [id, { ref: ref(kind, id), escapedName, parent }];
const treeOf = (nodes: [string, TreeNode][]) => {
  const gaps = new GapList();
  return { tree: new InventoryTree(root, new Map(nodes), gaps), gaps };
};

test('a host stands in a cluster, in a datacenter, in folders', () => {
  const { tree, gaps } = treeOf([
    node('Folder', 'f', 'Europe', root),
    node('Datacenter', 'd', 'DC%2f1', ref('Folder', 'f')),
    node('Folder', 'h', 'host', ref('Datacenter', 'd')),
    node('ClusterComputeResource', 'c', 'Gold', ref('Folder', 'h')),
  ]);
  const parent = ref('ClusterComputeResource', 'c');
  expect(tree.pathOf(parent, 'esx1')).toBe('/Europe/DC%2f1/host/Gold/esx1');
  expect([tree.datacenterOf(parent), tree.clusterOf(parent)]).toEqual(['DC/1', 'Gold']);
  expect(gaps.isEmpty).toBe(true);
});

test('a parent that the account cannot see is a gap, and the rest is told', () => {
  const { tree, gaps } = treeOf([node('Folder', 's', 'SAN', ref('Folder', 'hidden'))]);
  expect(tree.pathOf(ref('Folder', 's'), 'vmfs-1')).toBe('/SAN/vmfs-1');
  expect(gaps.toArray()).toEqual([{ object: 'Folder:hidden', path: '*', reason: 'not visible to this account' }]);
});

test('a circle of parents ends', () => {
  const { tree } = treeOf([node('Folder', 'a', 'a', ref('Folder', 'b')), node('Folder', 'b', 'b', ref('Folder', 'a'))]);
  expect(tree.pathOf(ref('Folder', 'a'), 'x').endsWith('/x')).toBe(true);
});
