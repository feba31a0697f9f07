/** Managed object ids and the running numbers in names, counted within one vCenter. */
export class Numbering {
  readonly #last = new Map<string, number>();

  /** `datastore-1001`, `datastore-1002`, … */
  next(prefix: string): string {
    return `${prefix}${1000 + this.#count(prefix)}`;
  }

  /** `ams1-sql-01`, `ams1-sql-02`, … */
  nextName(stem: string): string {
    return `${stem}-${String(this.#count(stem)).padStart(2, '0')}`;
  }

  #count(of: string): number {
    const count = (this.#last.get(of) ?? 0) + 1;
    this.#last.set(of, count);
    return count;
  }
}
