/** Many short lists of numbers as one array, with where each of them starts: list `n` is `items[starts[n] .. starts[n + 1]]`. */
export type Rows = { starts: Int32Array; items: Int32Array };

export function rowsOf(lists: readonly (readonly number[])[]): Rows {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, at) => {
    starts[at + 1] = (starts[at] ?? 0) + list.length;
  });
  return { starts, items: Int32Array.from(lists.flat()) };
}
