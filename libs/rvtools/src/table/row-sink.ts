/** Takes rows one at a time and keeps none of them. */
export type RowSink = {
  /** Cells of other columns are not even put together. */
  wants(column: number): boolean;
  /** Texts by column, trimmed; cells without one are absent. The first row is the header. */
  row(cells: ReadonlyMap<number, string>): void;
};

/** The tabs of one export, whatever its packing. */
export interface TabSource {
  has(tab: string): boolean;
  /** @throws RvtoolsError; does nothing for a tab that is not there. */
  read(tab: string, sink: RowSink): Promise<void>;
  /** When the file says that it was made, ISO in UTC; null = it does not say. */
  readonly createdAt: string | null;
  /** Days between the count of dates in cells and 1899-12-30. */
  readonly dateOffset: number;
}
