import { z } from 'zod';
import { column, type Sql } from '../sql.js';
import { ListedEntry, ProductServer } from './product.repository.js';
import { changesSql, productSql } from './surroundings.sql.js';

/** Instants within JSON come as PostgreSQL writes them. */
const instant = z.string().transform((at) => new Date(at).toISOString());
const Window = z.object({ name: z.string(), startsAt: instant, endsAt: instant });

const ChangeRow = z.object({
  host_id: z.string(),
  open: Window.nullable(),
  ended: Window.nullable(),
  preflight_at: column.instant.nullable(),
  exceptions: z.array(z.object({ name: z.string(), expiresAt: instant, closedAt: instant.nullable() })),
  refusals: z.array(z.object({ at: instant, reason: z.string() })),
});
/** What is planned for one host and what was done about it; `open` = the running window, else the next one. */
export type ChangeRecords = Omit<z.output<typeof ChangeRow>, 'host_id' | 'preflight_at'> & {
  preflightAt: string | null;
};

const ProductRow = z.object({
  host_id: z.string(),
  own: z.object({ server: ProductServer, observedAt: instant.nullable() }).nullable(),
  entries: z.array(ListedEntry.extend({ observedAt: instant.nullable() })),
  namesakes: z.array(z.string()),
  servers: z.int(),
  whole_lists: z.int(),
  lists_read_at: column.instant.nullable(),
});
/** What backup servers say that may mean one host; who is meant is for the caller to tell. */
export type ProductRecords = {
  /** What the host itself says as a backup server, and when. */
  own: { server: ProductServer; observedAt: string | null } | null;
  /** Entries of lists under its short name, in any case. */
  entries: z.output<typeof ProductRow>['entries'];
  /** Names of other hosts of the fleet with the same short name. */
  namesakes: string[];
  /** Backup servers of the fleet, and those of them whose list is whole and names every proxy by a host name. */
  servers: number;
  wholeLists: number;
  /** When the oldest of these lists was true; null = nobody can prove when, or there is none. */
  listsReadAt: string | null;
};

/** What stands around the reports of hosts, read in one statement for a whole batch. */
export class SurroundingsRepository {
  constructor(private readonly sql: Sql) {}

  async changes(hostIds: readonly string[], at: string, refusedSince: string): Promise<Map<string, ChangeRecords>> {
    const rows = await this.sql.many(ChangeRow, changesSql, [hostIds, at, refusedSince]);
    return new Map(rows.map(({ host_id, preflight_at, ...row }) => [host_id, { ...row, preflightAt: preflight_at }]));
  }

  /** @param names host names of each host in lower case; one host may have several */
  async products(names: readonly { hostId: string; name: string }[]): Promise<Map<string, ProductRecords>> {
    const rows = await this.sql.many(ProductRow, productSql, [
      names.map(({ hostId }) => hostId),
      names.map(({ name }) => name.split('.')[0] ?? name),
    ]);
    return new Map(
      rows.map(({ host_id, whole_lists, lists_read_at, ...row }) => [
        host_id,
        { ...row, wholeLists: whole_lists, listsReadAt: lists_read_at },
      ]),
    );
  }
}
