import { VcenterStatus, VcenterTrust } from '@lunwarden/contract';
import { z } from 'zod';
import { column, type Sql } from '../sql.js';

/** A sealed password: opened with the data key, which is wrapped with the key `keyId` of the keyring. */
export type SealedSecret = { keyId: string; wrappedKey: Uint8Array; sealed: Uint8Array };

/** How to reach a vCenter. */
export type VcenterConnection = {
  id: string;
  name: string;
  url: string;
  username: string;
  trust: VcenterTrust;
  secret: SealedSecret;
};

const Connection = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    url: z.string(),
    username: z.string(),
    trust: VcenterTrust,
    keyId: z.string(),
    wrappedKey: column.bytes,
    sealed: column.bytes,
  })
  .transform(
    ({ keyId, wrappedKey, sealed, ...rest }): VcenterConnection => ({ ...rest, secret: { keyId, wrappedKey, sealed } }),
  );

const Status = z
  .strictObject({
    ...VcenterStatus.shape,
    mapCollectedAt: column.instant.nullable(),
    lastAttemptAt: column.instant.nullable(),
    confirmedUntil: column.instant.nullable().optional(),
    imported: z
      .strictObject({
        at: z.string().transform((at) => new Date(at).toISOString()),
        by: z.string(),
        file: z.string().nullable(),
      })
      .nullable()
      .optional(),
  })
  .pipe(VcenterStatus);
const Taken = z.strictObject({ name: z.boolean(), url: z.boolean() });
const Id = z.strictObject({ id: z.uuid() });

/** The vCenters that an administrator entered. Secrets go in sealed and come out sealed. */
export class VcenterRepository {
  constructor(private readonly sql: Sql) {}

  /** Name and address are each used once. The first collection is due at once. */
  async add(vcenter: VcenterConnection): Promise<'added' | 'name-taken' | 'url-taken'> {
    const { id, name, url, username, trust, secret } = vcenter;
    const added = await this.sql.one(Id, addText, [
      id,
      name,
      url,
      username,
      JSON.stringify(trust),
      secret.keyId,
      secret.wrappedKey,
      secret.sealed,
    ]);
    if (added !== null) return 'added';
    const taken = await this.sql.one(
      Taken,
      `SELECT coalesce(bool_or(name = $1), false) AS name, coalesce(bool_or(url = $2), false) AS url FROM vcenter`,
      [name, url],
    );
    return taken?.name ? 'name-taken' : 'url-taken';
  }

  connection(id: string): Promise<VcenterConnection | null> {
    return this.sql.one(Connection, connectionText, [id]);
  }

  /** Forgets the vCenter with its credential, its map and its attempts. @returns false if there is none. */
  async remove(id: string): Promise<boolean> {
    // In the order in which a collection locks them, so that the two cannot wait for each other.
    await this.sql.run('SELECT FROM vcenter_collection WHERE vcenter_id = $1 FOR UPDATE', [id]);
    return (await this.sql.one(Id, 'DELETE FROM vcenter WHERE id = $1 RETURNING id', [id])) !== null;
  }

  /** By name. */
  statuses(): Promise<VcenterStatus[]> {
    return this.sql.many(Status, `${statusText} ORDER BY vcenter.name`);
  }

  status(id: string): Promise<VcenterStatus | null> {
    return this.sql.one(Status, `${statusText} WHERE vcenter.id = $1`, [id]);
  }
}

const addText = `
  WITH added AS (
    INSERT INTO vcenter (id, name, url, username, trust, secret_key_id, secret_wrapped_key, secret_sealed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id
  )
  INSERT INTO vcenter_collection (vcenter_id, due_at) SELECT id, now() FROM added RETURNING vcenter_id AS id`;

const connectionText = `
  SELECT id, name, url, username, trust, secret_key_id AS "keyId", secret_wrapped_key AS "wrappedKey",
    secret_sealed AS sealed
  FROM vcenter WHERE id = $1 AND username IS NOT NULL`;

const statusText = `
  SELECT vcenter.id, vcenter.name, vcenter.url,
    CASE
      WHEN collection.lease_until > now() THEN 'collecting'
      WHEN last.outcome IS NULL THEN 'never-collected'
      WHEN last.outcome = 'in-force' THEN 'ok'
      WHEN last.outcome = 'failed' THEN 'failed'
      ELSE 'incomplete'
    END AS state,
    CASE WHEN import.collected_at = map.collected_at
      THEN json_build_object('at', import.imported_at, 'by', import.imported_by, 'file', import.file) END AS imported,
    map.collected_at AS "mapCollectedAt", last.started_at AS "lastAttemptAt", last.error AS "lastError",
    coalesce(last.gap_count, 0) AS gaps, coalesce(map.datastores, 0) AS datastores, coalesce(map.hosts, 0) AS hosts,
    coalesce(map.vms, 0) AS vms,
    last.losses AS "heldBack",
    CASE WHEN collection.confirmed_until > now() THEN collection.confirmed END AS confirmed,
    CASE WHEN collection.confirmed_until > now() THEN collection.confirmed_until END AS "confirmedUntil"
  FROM vcenter
  LEFT JOIN vcenter_collection collection ON collection.vcenter_id = vcenter.id
  LEFT JOIN map_in_force map ON map.vcenter_id = vcenter.id
  LEFT JOIN map_import import ON import.vcenter_id = vcenter.id
  LEFT JOIN LATERAL (
    SELECT * FROM map_attempt WHERE vcenter_id = vcenter.id ORDER BY started_at DESC LIMIT 1) last ON true`;
