import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may speak: users and their sessions, enrolment tokens, and a key a host. Secrets are kept as hashes only. */
export class Access1763800000002 implements MigrationInterface {
  name = 'Access1763800000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE user_account (
        id uuid PRIMARY KEY,
        username text NOT NULL,
        username_key text NOT NULL CONSTRAINT user_account_username UNIQUE,
        password_hash text NOT NULL,
        role text NOT NULL CHECK (role IN ('viewer', 'admin')),
        created_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE session (
        id uuid PRIMARY KEY,
        token_hash bytea NOT NULL CONSTRAINT session_token UNIQUE,
        user_id uuid NOT NULL REFERENCES user_account ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        used_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL
      ) WITH (fillfactor = 70)`);
    await runner.query(`CREATE INDEX session_by_user ON session (user_id)`);
    await runner.query(`
      CREATE TABLE setup_code (
        id integer PRIMARY KEY CHECK (id = 1),
        code_hash bytea NOT NULL,
        expires_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE enroll_token (
        id uuid PRIMARY KEY,
        label text NOT NULL,
        token_hash bytea NOT NULL CONSTRAINT enroll_token_hash UNIQUE,
        max_uses integer NOT NULL CHECK (max_uses > 0),
        uses integer NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND max_uses),
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      )`);
    // A table of its own, so that a host can have two keys while the old one is exchanged.
    await runner.query(`
      CREATE TABLE agent_key (
        key_hash bytea PRIMARY KEY,
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        revoked_at timestamptz
      )`);
    await runner.query(`CREATE INDEX agent_key_by_host ON agent_key (host_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['agent_key', 'enroll_token', 'setup_code', 'session', 'user_account'])
      await runner.query(`DROP TABLE ${table}`);
  }
}
