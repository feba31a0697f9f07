import { datastoreOn, hostOf, mapOf, storyNaa, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';

const mapAt = '2026-11-20T05:50:00Z';
const transport = { value: { configured: 'direct-san', directKind: 'san', source: 'product' } };

/** `count` datastores of one LUN each, 25 VMs on each; every tenth VM has a disk on the next datastore too. */
export function datastoresOf(count) {
  const all = Array.from({ length: count }, (_, at) =>
    datastoreOn(
      storyNaa(at + 1),
      `ds-${at}`,
      Array.from({ length: 25 }, (_, vm) => at * 25 + vm).concat(at > 0 ? [at * 25 - 10, at * 25 - 20] : []),
    ),
  );
  const seen = new Map();
  for (const { vmIds } of all) for (const vm of vmIds) seen.set(vm, (seen.get(vm) ?? 0) + 1);
  return all.map((one) => ({ ...one, sharedVmIds: one.vmIds.filter((vm) => seen.get(vm) > 1) }));
}

/** A proxy that sees `width` of the LUNs, from its own place in the row on. */
export function hostAt(at, { width, datastores }) {
  const first = (at * 13) % (datastores.length - width);
  const facts = windowsFacts({
    transport,
    disks: {
      value: [windowsBootDisk(), ...Array.from({ length: width }, (_, n) => vmfsDisk(n + 1, storyNaa(first + n + 1)))],
    },
  });
  return { first, facts: hostOf(facts, { map: mapOf(datastores.slice(first, first + width), mapAt) }) };
}
