import { BackupProduct, ListedProxy } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

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

  /** @returns hosts that the old list or the new one may mean, or null = what is known of every host has changed */
  async save({ hostId, server, said, proxies, hasStrangers }: StoredProduct): Promise<string[] | null> {
    const before = await this.forget(hostId);
    await this.sql.run(
      `INSERT INTO product_server (host_id, server, said, is_listed, has_strangers) VALUES ($1, $2, $3, $4, $5)`,
      [hostId, JSON.stringify(server), said, proxies !== null, hasStrangers],
    );
    const names = proxies?.map(({ shortName }) => shortName) ?? [];
    await this.sql.run(
      `INSERT INTO product_proxy (server_id, place, short_name, entry)
       SELECT $1, place, name, entry FROM unnest($2::text[], $3::text[]::json[]) WITH ORDINALITY AS input(name, entry, place)`,
      [hostId, names, (proxies ?? []).map(({ entry }) => JSON.stringify(entry))],
    );
    if (before === null || before.isListed !== (proxies !== null) || before.hasStrangers !== hasStrangers) return null;
    return [hostId, ...(await this.hostsNamed([...before.names, ...names]))];
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

  /** @returns what it had listed; null = it was no backup server */
  async forget(hostId: string): Promise<{ isListed: boolean; hasStrangers: boolean; names: string[] } | null> {
    const names = await this.sql.many(
      z.object({ short_name: z.string() }),
      `DELETE FROM product_proxy WHERE server_id = $1 RETURNING short_name`,
      [hostId],
    );
    const row = await this.sql.one(
      z.object({ is_listed: z.boolean(), has_strangers: z.boolean() }),
      `DELETE FROM product_server WHERE host_id = $1 RETURNING is_listed, has_strangers`,
      [hostId],
    );
    if (row === null) return null;
    return { isListed: row.is_listed, hasStrangers: row.has_strangers, names: names.map((name) => name.short_name) };
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

/** An entry that may mean a host, with the server that lists it. `observedAt` null = nobody can prove its age. */
export const ListedEntry = z.object({
  serverId: z.string(),
  observedAt: column.instant.nullable(),
  entry: ListedProxy,
});
