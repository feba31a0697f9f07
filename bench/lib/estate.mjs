import { withSharedVms } from '@lunwarden/risk';
import { datastoreOn, hostOf, mapOf, storyNaa, vmfsDisk, windowsBootDisk, windowsFacts } from '@lunwarden/sample-fleet';

const mapAt = '2026-11-20T05:50:00Z';
const transport = { value: { configured: 'direct-san', directKind: 'san', source: 'product' } };

/** `count` datastores of one LUN each, 25 VMs on each; every tenth VM has a disk on the next datastore too. */
export const datastoresOf = (count) =>
  withSharedVms(
    Array.from({ length: count }, (_, at) =>
      datastoreOn(
        storyNaa(at + 1),
        `ds-${at}`,
        Array.from({ length: 25 }, (_, vm) => at * 25 + vm).concat(at > 0 ? [at * 25 - 10, at * 25 - 20] : []),
      ),
    ),
  );

/** The same datastores after somebody made a new VM on every `nth` of them. */
export const withNewVms = (datastores, nth) =>
  withSharedVms(
    datastores.map((one, at) => (at % nth === 0 ? { ...one, vmIds: [...one.vmIds, `${one.id}/new`] } : one)),
  );

/** All of them as one whole map. */
export const viewOf = (datastores) => mapOf(datastores, mapAt);

/** Proxies that see `width` of the LUNs, each from its place in the row on; those of one place report the same. */
export function hostsOf(count, { width, datastores }) {
  const places = datastores.length - width;
  const known = Array.from({ length: Math.min(count, places) }, (_, at) =>
    hostAt((at * 13) % places, { width, datastores }),
  );
  return Array.from({ length: count }, (_, at) => known[at % known.length]);
}

function hostAt(first, { width, datastores }) {
  const facts = windowsFacts({
    transport,
    disks: {
      value: [windowsBootDisk(), ...Array.from({ length: width }, (_, n) => vmfsDisk(n + 1, storyNaa(first + n + 1)))],
    },
  });
  return { first, facts: hostOf(facts, { map: viewOf(datastores.slice(first, first + width)) }) };
}

/** The same proxy beside another map. */
export const beside = ({ first, facts }, { width, datastores }) => ({
  ...facts,
  map: viewOf(datastores.slice(first, first + width)),
});

/** The question of which VMs a host reaches and nothing else: numbers for names, arrays for maps, a stamp for a set. */
export function bareJoin(datastores, width) {
  const numbers = new Map();
  const starts = new Int32Array(datastores.length + 1);
  const vms = [];
  datastores.forEach(({ vmIds }, at) => {
    for (const vm of vmIds) {
      if (!numbers.has(vm)) numbers.set(vm, numbers.size);
      vms.push(numbers.get(vm));
    }
    starts[at + 1] = vms.length;
  });
  const list = Int32Array.from(vms);
  const stamps = new Int32Array(numbers.size);
  let turn = 0;
  return ({ first }) => {
    turn++;
    let distinct = 0;
    for (let lun = first; lun < first + width; lun++)
      for (let n = starts[lun]; n < starts[lun + 1]; n++)
        if (stamps[list[n]] !== turn) {
          stamps[list[n]] = turn;
          distinct++;
        }
    return distinct;
  };
}
