/** The middle of a list of numbers. */
export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
};

export const quantile = (numbers, q) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
};

const round = (number) => Math.round(number * 1000) / 1000;

/**
 * Runs A and B in turn, drops the first pair, and reports the median of the ratios of the pairs with the extremes.
 * A machine that changes its speed changes both halves of a pair.
 * @param legs {a: () => Promise<Record<string, number>>, b: same keys, pairs: number}
 */
export async function compare({ a, b, pairs }) {
  const rows = [];
  for (let pair = 0; pair <= pairs; pair++) {
    const left = await a(pair);
    const right = await b(pair);
    if (pair > 0) rows.push({ left, right });
  }
  const figures = {};
  for (const key of Object.keys(rows[0].left)) {
    const ratios = rows.map(({ left, right }) => left[key] / right[key]);
    figures[key] = {
      ratio: round(median(ratios)),
      min: round(Math.min(...ratios)),
      max: round(Math.max(...ratios)),
      ours: round(median(rows.map(({ left }) => left[key]))),
      bare: round(median(rows.map(({ right }) => right[key]))),
    };
  }
  return { pairs: rows.length, figures };
}

/** Keeps `width` calls under way until the list is done. */
export async function inParallel(width, items, work) {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < items.length) await work(items[next++]);
    }),
  );
}

/** One line a goal; a missed goal makes the process end with 1. */
export function judge(bench, goals) {
  for (const { name, value, goal, atLeast } of goals) {
    const isMet = atLeast ? value >= goal : value <= goal;
    console.log(
      JSON.stringify({ bench, goal: name, value: round(value), [atLeast ? 'atLeast' : 'atMost']: goal, met: isMet }),
    );
    if (!isMet) process.exitCode = 1;
  }
}
