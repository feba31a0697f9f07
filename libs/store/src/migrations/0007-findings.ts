import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the work on each finding is. What is found stands in the assessment; here is what was done about it. */
export class Findings1763800000007 implements MigrationInterface {
  name = 'Findings1763800000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE finding_work (
        host_id uuid NOT NULL REFERENCES host ON DELETE CASCADE,
        rule text NOT NULL,
        code text NOT NULL,
        title text NOT NULL,
        severity text NOT NULL,
        state text NOT NULL CONSTRAINT finding_work_state_check CHECK (state IN ('open', 'acknowledged', 'in-progress', 'accepted', 'verified')),
        opened_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text,
        note text,
        accepted_until timestamptz,
        accepted_hash text,
        voided text CONSTRAINT finding_work_voided_check CHECK (voided IN ('facts-changed', 'expired')),
        verified_at timestamptz,
        reopened integer NOT NULL,
        version integer NOT NULL,
        PRIMARY KEY (host_id, rule),
        CONSTRAINT finding_work_until_check CHECK ((state = 'accepted') = (accepted_until IS NOT NULL)),
        CONSTRAINT finding_work_hash_check CHECK ((state = 'accepted') = (accepted_hash IS NOT NULL)),
        -- No acceptance is for ever, whoever writes it.
        CONSTRAINT finding_work_term_check CHECK (accepted_until <= changed_at + interval '90 days'),
        CONSTRAINT finding_work_reason_check CHECK (state <> 'accepted' OR length(btrim(coalesce(note, ''))) >= 10)
      ) WITH (fillfactor = 80)`);
    await runner.query(`CREATE INDEX finding_work_standing ON finding_work (rule) WHERE state <> 'verified'`);
    await runner.query(`CREATE INDEX finding_work_accepted ON finding_work (accepted_until) WHERE state = 'accepted'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE finding_work`);
  }
}
