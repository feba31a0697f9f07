import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('host')
class HostEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') hostname: string;
  @Column('text') platform: string;
  @Column('uuid', { name: 'install_id' }) installId: string;
  @Column('timestamptz', { name: 'enrolled_at', default: () => 'now()' }) enrolledAt: Date;
  @Column('timestamptz', { name: 'retired_at', nullable: true }) retiredAt: Date | null;
}

@Entity('change')
class ChangeEntity {
  @PrimaryColumn('bigint') seq: string;
  @Column('timestamptz') at: Date;
  @Column('text') kind: string;
  @Column('uuid', { name: 'host_id', nullable: true }) hostId: string | null;
  @Column('jsonb') body: unknown;
}

@Entity('fleet_day')
class FleetDayEntity {
  @PrimaryColumn('date') day: string;
  @Column('jsonb') levels: unknown;
  @Column('integer', { name: 'vms_at_risk' }) vmsAtRisk: number;
}

@Entity('job_run')
class JobRunEntity {
  @PrimaryColumn('text') job: string;
  @PrimaryColumn('text') slot: string;
  @Column('text') owner: string;
  @Column('timestamptz', { name: 'started_at', default: () => 'now()' }) startedAt: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt: Date | null;
  @Column('text', { nullable: true }) outcome: string | null;
}

@Entity('assessment_history')
class AssessmentHistoryEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('timestamptz') at: Date;
  @Column('text') level: string;
  @Column('real') score: number;
  @Column('text', { nullable: true }) reason: string | null;
}

export const fleetEntities = [HostEntity, ChangeEntity, FleetDayEntity, JobRunEntity, AssessmentHistoryEntity];
