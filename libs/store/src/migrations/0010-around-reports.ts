import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  // What the next report of a host is compared with; rewritten only when a guard or a disk says something new.
  `CREATE TABLE host_baseline (
     host_id uuid PRIMARY KEY REFERENCES host ON DELETE CASCADE,
     facts json NOT NULL,
     observed_at timestamptz,
     is_first boolean NOT NULL
   ) WITH (fillfactor = 80)`,
  // Hosts that must be judged again: at once, or as soon as their facts are from this instant or later.
  `CREATE TABLE judgement_owed (
     host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
     once_observed_at timestamptz NOT NULL,
     ticket uuid NOT NULL,
     PRIMARY KEY (host_id, once_observed_at)
   )`,
  // One row a host and reason, however often somebody tries.
  `CREATE TABLE report_refusal (
     host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
     reason text NOT NULL,
     at timestamptz NOT NULL,
     PRIMARY KEY (host_id, reason)
   )`,
  // How the fleet is set, counted now and then, so that nobody counts it for a report.
  `CREATE TABLE fleet_custom (
     id integer PRIMARY KEY CHECK (id = 1),
     counts json NOT NULL,
     counted_at timestamptz NOT NULL
   )`,
  // What backup servers say of themselves. It is as old as their newest report, unless that could not read it any more.
  `CREATE TABLE product_server (
     host_id uuid PRIMARY KEY REFERENCES host ON DELETE CASCADE,
     server json NOT NULL,
     said text NOT NULL,
     is_listed boolean NOT NULL,
     has_strangers boolean NOT NULL,
     frozen_at timestamptz
   )`,
  `CREATE TABLE product_proxy (
     server_id uuid NOT NULL REFERENCES product_server ON DELETE CASCADE,
     place integer NOT NULL,
     short_name text NOT NULL,
     entry json NOT NULL,
     PRIMARY KEY (server_id, place)
   )`,
  `CREATE INDEX product_proxy_by_name ON product_proxy (short_name)`,
  `CREATE INDEX host_by_short_name ON host (split_part(lower(hostname), '.', 1)) WHERE retired_at IS NULL`,
  `CREATE INDEX change_window_by_end ON change_window (ends_at) WHERE removed_at IS NULL`,
];

/** What stands beside the reports of hosts: what they are compared with, and what others say of them. */
export class AroundReports1763800000010 implements MigrationInterface {
  name = 'AroundReports1763800000010';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of tables) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX change_window_by_end, host_by_short_name`);
    const names = tables.flatMap((statement) => /^CREATE TABLE (\w+)/.exec(statement)?.[1] ?? []);
    await runner.query(`DROP TABLE ${names.reverse().join(', ')}`);
  }
}
