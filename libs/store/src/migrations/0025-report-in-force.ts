import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which report is in force stands where it changes: a mark on each document had the one before written again with every report. */
export class ReportInForce1763800000025 implements MigrationInterface {
  name = 'ReportInForce1763800000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE host_seen ADD COLUMN report_id uuid`);
    await runner.query(
      `UPDATE host_seen SET report_id = report.report_id FROM report WHERE report.host_id = host_seen.host_id AND report.in_force`,
    );
    await runner.query(`ALTER TABLE report DROP COLUMN in_force`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE report ADD COLUMN in_force boolean NOT NULL DEFAULT false`);
    await runner.query(
      `UPDATE report SET in_force = true FROM host_seen WHERE host_seen.host_id = report.host_id AND host_seen.report_id = report.report_id`,
    );
    await runner.query(`ALTER TABLE report ALTER COLUMN in_force DROP DEFAULT`);
    await runner.query(`CREATE UNIQUE INDEX report_in_force ON report (host_id) WHERE in_force`);
    await runner.query(`ALTER TABLE host_seen DROP COLUMN report_id`);
  }
}
