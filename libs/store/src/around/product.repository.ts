import { BackupProduct, ListedProxy } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';
import { concernsAll, haveWaited } from './product-pace.js';

/** What a backup server says, apart from its list of proxies. */
export const ProductServer = BackupProduct.omit({ proxies: true });
export type ProductServer = z.infer<typeof ProductServer>;

export type StoredProduct = {
  hostId: string;
  server: ProductServer;
  /** Hash of all that the server says. */
  said: string;
  /** null = the list could not be read. */
  proxies: readonly { shortName: string; entry: ListedProxy }[] | null;
  /** An entry of the list has a name by which no host can be found, such as an address. */
  hasStrangers: boolean;
};

/** Any number that is ours: what all servers say together is changed by one transaction at a time. */
const productLock = 7_204_118_552;

/** A report after which a backup server says something else; `observedAt` null = nobody can prove when that was true. */
export type Saying = { hostId: string; observedAt: string | null };

const Entry = z.object({ short_name: z.string(), entry: z.string() });
const Proof = z.object({ proof: z.string() });
const Standing = z.object({ host_id: z.string(), said: z.string(), is_frozen: z.boolean() });

/** What backup servers say of themselves and of their proxies. */
export class ProductRepository {
  constructor(private readonly sql: Sql) {}

  /** What these hosts said last, by host; those that are no backup server are not among them. */
  async standing(hostIds: readonly string[]): Promise<Map<string, { said: string; isFrozen: boolean }>> {
    const rows = await this.sql.many(
      Standing,
      `SELECT host_id, said, frozen_at IS NOT NULL AS is_frozen FROM product_server WHERE host_id = ANY($1::uuid[])`,
      [hostIds],
    );
    return new Map(rows.map(({ host_id, said, is_frozen }) => [host_id, { said, isFrozen: is_frozen }]));
  }

  /**
   * A server says something else than before; `product` null = it is no backup server any more.
   * @returns hosts that must be judged again: those of which an entry says something else. All others follow at the pace of
   * the server (`haveWaited`) where what the lists together prove of hosts that none names has turned, or may end earlier.
   */
  async change({ hostId, observedAt }: Saying, product: StoredProduct | null): Promise<string[]> {
    await this.sql.run('SELECT pg_advisory_xact_lock($1)', [productLock]);
    const proven = await this.proof();
    const before = await this.forget(hostId);
    const after = product === null ? [] : await this.save(product);
    // The lists prove something of hosts that none names for as long only as the oldest of them holds.
    const isOlder = product !== null && (observedAt === null || before === null || observedAt < (before.readAt ?? ''));
    if (isOlder || proven !== (await this.proof())) await concernsAll(this.sql, hostId);
    return this.hostsNamed(namesDiffering(before?.listed ?? [], after));
  }

  /** @returns whether every host is to be judged again, for what servers said that concerns them all */
  haveWaited(at: string): Promise<boolean> {
    return haveWaited(this.sql, at);
  }

  /** What all lists together prove of a host that none of them names. */
  private async proof(): Promise<string> {
    const row = await this.sql.one(
      Proof,
      `SELECT CASE WHEN count(*) = 0 THEN 'no server' WHEN bool_and(is_listed AND NOT has_strangers) THEN 'whole' ELSE 'part' END AS proof
       FROM product_server JOIN host ON host.id = host_id AND host.retired_at IS NULL`,
    );
    return row?.proof ?? '';
  }

  private async save({ hostId, server, said, proxies, hasStrangers }: StoredProduct): Promise<Listed[]> {
    await this.sql.run(
      `INSERT INTO product_server (host_id, server, said, is_listed, has_strangers) VALUES ($1, $2, $3, $4, $5)`,
      [hostId, JSON.stringify(server), said, proxies !== null, hasStrangers],
    );
    const listed = (proxies ?? []).map(({ shortName, entry }) => ({ name: shortName, entry: JSON.stringify(entry) }));
    await this.sql.run(
      `INSERT INTO product_proxy (server_id, place, short_name, entry)
       SELECT $1, place, name, entry FROM unnest($2::text[], $3::text[]::json[]) WITH ORDINALITY AS input(name, entry, place)`,
      [hostId, listed.map(({ name }) => name), listed.map(({ entry }) => entry)],
    );
    return listed;
  }

  /** The newest report of this backup server could not read it: what was known is as old as its last reading. */
  async freeze(hostId: string): Promise<void> {
    await this.sql.run(
      `UPDATE product_server SET frozen_at = seen.observed_at FROM host_seen seen
       WHERE product_server.host_id = $1 AND seen.host_id = $1 AND frozen_at IS NULL`,
      [hostId],
    );
  }

  async thaw(hostId: string): Promise<void> {
    await this.sql.run(`UPDATE product_server SET frozen_at = NULL WHERE host_id = $1`, [hostId]);
  }

  /** @returns what it had listed, and when that was true; null = it was no backup server */
  private async forget(hostId: string): Promise<{ listed: Listed[]; readAt: string | null } | null> {
    const listed = await this.sql.many(
      Entry,
      `DELETE FROM product_proxy WHERE server_id = $1 RETURNING short_name, entry::text AS entry`,
      [hostId],
    );
    const was = await this.sql.one(
      z.object({ read_at: column.instant.nullable() }),
      `DELETE FROM product_server WHERE host_id = $1
       RETURNING coalesce(frozen_at, (SELECT observed_at FROM host_seen seen WHERE seen.host_id = $1)) AS read_at`,
      [hostId],
    );
    if (was === null) return null;
    return { listed: listed.map(({ short_name: name, entry }) => ({ name, entry })), readAt: was.read_at };
  }

  private async hostsNamed(shortNames: readonly string[]): Promise<string[]> {
    const rows = await this.sql.many(
      z.object({ id: z.string() }),
      `SELECT id FROM host WHERE retired_at IS NULL AND split_part(lower(hostname), '.', 1) = ANY($1::text[]) ORDER BY id`,
      [shortNames],
    );
    return rows.map(({ id }) => id);
  }
}

type Listed = { name: string; entry: string };

/** Short names under which the two lists do not say the same, in whatever order. */
function namesDiffering(before: readonly Listed[], after: readonly Listed[]): string[] {
  const [were, are] = [saidOf(before), saidOf(after)];
  return [...new Set([...were.keys(), ...are.keys()])].filter((name) => were.get(name) !== are.get(name));
}

/** All that a list says under each name: a name that stands there twice means nobody. */
function saidOf(listed: readonly Listed[]): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const { name, entry } of listed.toSorted((a, b) => (a.entry < b.entry ? -1 : 1)))
    said.set(name, `${said.get(name) ?? ''}${entry}\n`);
  return said;
}

/** An entry that may mean a host, with the server that lists it. `observedAt` null = nobody can prove its age. */
export const ListedEntry = z.object({
  serverId: z.string(),
  observedAt: column.instant.nullable(),
  entry: ListedProxy,
});
