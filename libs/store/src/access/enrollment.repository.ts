import { EnrollTokenInfo } from '@lunwarden/contract';
import { z } from 'zod';
import type { OwedRepository } from '../around/owed.repository.js';
import { column, type Sql } from '../sql.js';

export type NewEnrollToken = {
  id: string;
  label: string;
  tokenHash: Uint8Array;
  maxUses: number;
  expiresAt: Date;
  at: Date;
};
export type NewHost = {
  hostId: string;
  hostname: string;
  platform: 'windows' | 'linux';
  installId: string;
  keyHash: Uint8Array;
};

const TokenInfo = z
  .strictObject({ ...EnrollTokenInfo.shape, expiresAt: column.instant, createdAt: column.instant })
  .pipe(EnrollTokenInfo);
const Id = z.object({ id: z.uuid() });
const HostOfKey = z.object({ key_hash: z.string(), host_id: z.uuid() });

/** Enrolment tokens, and the keys that hosts got for them. */
export class EnrollmentRepository {
  constructor(
    private readonly sql: Sql,
    private readonly owed: OwedRepository,
  ) {}

  async addToken({ id, label, tokenHash, maxUses, expiresAt, at }: NewEnrollToken): Promise<void> {
    await this.sql.run(
      `INSERT INTO enroll_token (id, label, token_hash, max_uses, expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, label, tokenHash, maxUses, expiresAt, at],
    );
  }

  /** Those not revoked, newest first; a token that is used up or expired stays to be seen for a while. */
  tokens(): Promise<EnrollTokenInfo[]> {
    return this.sql.many(
      TokenInfo,
      `SELECT id, label, max_uses AS "maxUses", uses, expires_at AS "expiresAt", created_at AS "createdAt"
       FROM enroll_token WHERE revoked_at IS NULL ORDER BY created_at DESC, id LIMIT 500`,
    );
  }

  /** False if there is no such token. */
  async revokeToken(id: string, at: Date): Promise<boolean> {
    const row = await this.sql.one(
      Id,
      `UPDATE enroll_token SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL RETURNING id`,
      [id, at],
    );
    return row !== null;
  }

  /** Uses the token once; false if it is unknown, used up, expired or revoked. Never more often than `maxUses`, however many ask at once. */
  async useToken(tokenHash: Uint8Array, at: Date): Promise<boolean> {
    const row = await this.sql.one(
      Id,
      `UPDATE enroll_token SET uses = uses + 1
       WHERE token_hash = $1 AND uses < max_uses AND expires_at > $2 AND revoked_at IS NULL RETURNING id`,
      [tokenHash, at],
    );
    return row !== null;
  }

  /** Also owes a judgement to the hosts with the same short name: who is meant by that name is not sure any more. */
  async addHost({ hostId, hostname, platform, installId, keyHash }: NewHost, at: Date): Promise<void> {
    await this.sql.run(
      `INSERT INTO host (id, hostname, platform, install_id, enrolled_at) VALUES ($1, $2, $3, $4, $5)`,
      [hostId, hostname, platform, installId, at],
    );
    await this.sql.run(`INSERT INTO agent_key (key_hash, host_id, created_at) VALUES ($1, $2, $3)`, [
      keyHash,
      hostId,
      at,
    ]);
    const namesakes = await this.sql.many(
      Id,
      `SELECT id FROM host WHERE retired_at IS NULL AND id <> $1
         AND split_part(lower(hostname), '.', 1) = split_part(lower($2), '.', 1)`,
      [hostId, hostname],
    );
    await this.owed.ask(namesakes.map(({ id }) => id));
  }

  /** Hosts by the hash (hexadecimal) of their key; without those that nobody holds, that were revoked, or whose host is retired. */
  async hostsOfKeys(keyHashes: readonly Uint8Array[]): Promise<Map<string, string>> {
    const rows = await this.sql.many(
      HostOfKey,
      `SELECT encode(key_hash, 'hex') AS key_hash, host_id FROM agent_key JOIN host ON host.id = host_id
       WHERE key_hash = ANY($1::bytea[]) AND revoked_at IS NULL AND retired_at IS NULL`,
      [keyHashes],
    );
    return new Map(rows.map((row) => [row.key_hash, row.host_id]));
  }
}
