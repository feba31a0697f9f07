import type { RowSink, TabSource } from './row-sink.js';

/** Field -> the headers it goes by, newest first. */
export type Columns = Readonly<Record<string, readonly string[]>>;
export type Row<C extends Columns> = Partial<Record<keyof C & string, string>>;
export type Table<C extends Columns> = {
  isThere: boolean;
  /** Fields whose column is not there, with the header that RVTools gives it today. */
  missing: { field: keyof C & string; header: string }[];
  rows: number;
};

/** Streams a tab as records; a field without a value is absent. */
export async function readTable<C extends Columns>(
  source: TabSource,
  { tab, columns }: { tab: string; columns: C },
  onRow: (row: Row<C>) => void,
): Promise<Table<C>> {
  const sink = new TableSink({ tab, columns }, onRow);
  await source.read(tab, sink);
  return { isThere: source.has(tab), missing: sink.missing, rows: sink.rows };
}

class TableSink<C extends Columns> implements RowSink {
  rows = 0;
  private places: Map<number, keyof C & string> | null = null;

  constructor(
    private readonly shape: { tab: string; columns: C },
    private readonly onRow: (row: Row<C>) => void,
  ) {}

  get missing(): Table<C>['missing'] {
    const found = new Set(this.places?.values());
    return Object.entries(this.shape.columns).flatMap(([field, [header = field]]) =>
      found.has(field) ? [] : [{ field, header }],
    );
  }

  wants(column: number): boolean {
    return this.places === null || this.places.has(column);
  }

  row(cells: ReadonlyMap<number, string>): void {
    if (this.places === null) {
      this.places = placesOf(cells, this.shape);
      return;
    }
    const row: Row<C> = {};
    for (const [column, text] of cells) {
      const field = this.places.get(column);
      if (field !== undefined) row[field] = text;
    }
    this.rows++;
    this.onRow(row);
  }
}

function placesOf<C extends Columns>(
  header: ReadonlyMap<number, string>,
  { tab, columns }: { tab: string; columns: C },
): Map<number, keyof C & string> {
  const byName = new Map<string, number>();
  for (const [column, text] of header) {
    const name = bare(text, tab);
    // Custom attributes follow RVTools' own columns and may have the name of one of them.
    if (!byName.has(name)) byName.set(name, column);
  }
  const places = new Map<number, keyof C & string>();
  for (const [field, names] of Object.entries(columns)) {
    const column = names.map((name) => byName.get(bare(name, tab))).find((one) => one !== undefined);
    if (column !== undefined) places.set(column, field);
  }
  return places;
}

/** Capitals, spaces and the prefix of RVTools' database names (`vInfoPath`) do not count. */
function bare(header: string, tab: string): string {
  const name = header.toLowerCase().replaceAll(/[^a-z0-9#]/g, '');
  const prefix = tab.toLowerCase();
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
}
