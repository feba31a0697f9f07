const mebibyte = 1 << 20;

/**
 * Bounds on what a hostile or broken file can make us hold. An export of 50,000 VMs is some 40 MiB packed; the
 * simplest zip bomb inflates a thousandfold.
 */
export const limits = {
  archiveBytes: 64 * mebibyte,
  entries: 4_096,
  /** All that is inflated of one archive, entries read twice counted twice. */
  inflatedBytes: 1024 * mebibyte,
  /** Excel's own bounds: rows of a sheet, columns, characters of a cell. */
  rows: 1_048_576,
  columns: 16_384,
  cellChars: 32_767,
  sharedStrings: 4_000_000,
  sharedChars: 64 * mebibyte,
  xmlDepth: 64,
  /** Bytes of one tag or one text: a cell in entities, and room. */
  xmlRunBytes: mebibyte,
  /** More than this nobody reads; the rest is only counted. */
  gaps: 5_000,
} as const;
