const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** Decimal text of a 64-bit number of bytes, e.g. `2 TiB`. Numbers lose digits past 2^53, a label does not need them. */
export function sizeText(bytes: string): string {
  const value = Number(bytes);
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${Math.round((value / 2 ** (10 * step)) * 10) / 10} ${units[step]}`;
}
