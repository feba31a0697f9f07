/**
 * Objects of one VMFS volume, parted by the LUNs that they lie on: those that share a key, be it by way of a third one, are
 * the same place. More than one part = copies, a snapshot or replica beside its original, and nobody can tell which is which.
 * One without keys may lie on any LUN, so it makes no part of its own. Whatever order they come in, the parts are the same.
 * @param keysOf LUN keys of an object, of all its extents @returns parts and their objects in the order in which they came
 */
export function partsOf<T>(objects: readonly T[], keysOf: (one: T) => readonly string[]): T[][] {
  let parts: { keys: ReadonlySet<string>; members: readonly T[] }[] = [];
  const nameless = objects.filter((one) => keysOf(one).length === 0);
  for (const one of objects) {
    const keys = keysOf(one);
    if (keys.length === 0) continue;
    const met = parts.filter((part) => keys.some((key) => part.keys.has(key)));
    const joined = {
      keys: new Set([...met.flatMap((part) => [...part.keys]), ...keys]),
      members: [...met.flatMap(({ members }) => members), one],
    };
    parts = [...parts.filter((part) => !met.includes(part)), joined];
  }
  const [first, ...others] = inOrder(
    objects,
    parts.map(({ members }) => members),
  );
  return inOrder(objects, [[...(first ?? []), ...nameless], ...others]);
}

/** Parts by their first object, and each part's objects, as the objects came. */
function inOrder<T>(objects: readonly T[], parts: readonly (readonly T[])[]): T[][] {
  const placed = parts.map((members) => ({ members, at: objects.findIndex((one) => members.includes(one)) }));
  return placed.toSorted((a, b) => a.at - b.at).map(({ members }) => objects.filter((one) => members.includes(one)));
}
