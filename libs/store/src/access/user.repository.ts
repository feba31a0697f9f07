import { roles } from '@lunwarden/contract';
import { z } from 'zod';
import type { Sql } from '../sql.js';

const User = z.strictObject({
  userId: z.uuid(),
  username: z.string(),
  role: z.enum(roles),
  passwordHash: z.string(),
});
/** A user as the sign-in needs it; `passwordHash` is an argon2 PHC string. */
export type User = z.infer<typeof User>;

const Id = z.object({ id: z.uuid() });
const One = z.object({ id: z.literal(1) });
const SetupCode = z.strictObject({ codeHash: z.instanceof(Uint8Array), expiresAt: z.date() });

/** Two spellings of a name are one user. */
const keyOf = (username: string): string => username.toLowerCase();

/** Users, and the one-time code with which the first of them is made. */
export class UserRepository {
  constructor(private readonly sql: Sql) {}

  async hasAny(): Promise<boolean> {
    return (await this.sql.one(Id, `SELECT id FROM user_account LIMIT 1`)) !== null;
  }

  find(username: string): Promise<User | null> {
    return this.sql.one(
      User,
      `SELECT id AS "userId", username, role, password_hash AS "passwordHash" FROM user_account WHERE username_key = $1`,
      [keyOf(username)],
    );
  }

  /** Makes the user, or gives the one of that name this password and role. */
  async save({ userId, username, role, passwordHash }: User, at: Date): Promise<string> {
    const row = await this.sql.one(
      Id,
      `INSERT INTO user_account (id, username, username_key, password_hash, role, created_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT ON CONSTRAINT user_account_username DO UPDATE SET password_hash = excluded.password_hash, role = excluded.role
       RETURNING id`,
      [userId, username, keyOf(username), passwordHash, role, at],
    );
    return row?.id ?? userId;
  }

  /** Replaces any code before it. False if there is a user: then no code may exist. */
  async offerSetupCode(codeHash: Uint8Array, expiresAt: Date): Promise<boolean> {
    const row = await this.sql.one(
      One,
      `INSERT INTO setup_code (id, code_hash, expires_at)
       SELECT 1, $1::bytea, $2::timestamptz WHERE NOT EXISTS (SELECT FROM user_account)
       ON CONFLICT (id) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at RETURNING id`,
      [codeHash, expiresAt],
    );
    return row !== null;
  }

  setupCode(): Promise<{ codeHash: Uint8Array; expiresAt: Date } | null> {
    return this.sql.one(
      SetupCode,
      `SELECT code_hash AS "codeHash", expires_at AS "expiresAt" FROM setup_code
       WHERE NOT EXISTS (SELECT FROM user_account)`,
    );
  }

  /** True for exactly one of any number of callers at once, and only while there is no user. */
  async takeSetupCode(codeHash: Uint8Array, at: Date): Promise<boolean> {
    const row = await this.sql.one(
      One,
      `DELETE FROM setup_code WHERE id = 1 AND code_hash = $1 AND expires_at > $2
         AND NOT EXISTS (SELECT FROM user_account) RETURNING id`,
      [codeHash, at],
    );
    return row !== null;
  }

  async dropSetupCode(): Promise<void> {
    await this.sql.run(`DELETE FROM setup_code`);
  }
}
