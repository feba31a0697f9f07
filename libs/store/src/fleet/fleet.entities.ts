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

@Entity('host_seen')
class HostSeenEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @Column('timestamptz', { name: 'last_seen_at' }) lastSeenAt: Date;
  @Column('timestamptz', { name: 'observed_at', nullable: true }) observedAt: Date | null;
  @Column('bigint', { name: 'report_ms', nullable: true }) reportMs: string | null;
  @Column('timestamptz', { name: 'map_until', nullable: true }) mapUntil: Date | null;
  @Column('timestamptz', { name: 'calendar_until', nullable: true }) calendarUntil: Date | null;
  @Column('timestamptz', { name: 'other_until', nullable: true }) otherUntil: Date | null;
  @Column('timestamptz', { name: 'prolonged_at', nullable: true }) prolongedAt: Date | null;
  @Column('uuid', { name: 'boot_id' }) bootId: string;
  @Column('integer') seq: number;
  @Column('bytea', { name: 'content_hash' }) contentHash: Buffer;
  @Column('boolean', { name: 'identity_conflict', default: false }) identityConflict: boolean;
  @Column('boolean', { name: 'feeds_moved', default: false }) feedsMoved: boolean;
  @Column('bytea', { name: 'lun_keys_said', nullable: true }) lunKeysSaid: Buffer | null;
  @Column('timestamptz', { name: 'judged_at', nullable: true }) judgedAt: Date | null;
  @Column('uuid', { name: 'report_id', nullable: true }) reportId: string | null;
}

@Entity('host_boot')
class HostBootEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('uuid', { name: 'boot_id' }) bootId: string;
  @Column('timestamptz', { name: 'left_at' }) leftAt: Date;
}

@Entity('report_receipt')
class ReportReceiptEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @Column('bytea', { name: 'content_hash' }) contentHash: Buffer;
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
}

@Entity('report')
class ReportEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('uuid', { name: 'report_id' }) reportId: string;
  @Column('timestamptz', { name: 'received_at' }) receivedAt: Date;
  @Column('timestamptz', { name: 'observed_at', nullable: true }) observedAt: Date | null;
  @Column('bytea') document: Buffer;
  @Column('jsonb', { nullable: true }) remembered: unknown;
}

@Entity('sighting')
class SightingEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('text', { name: 'lun_key' }) lunKey: string;
  @PrimaryColumn('timestamptz') since: Date;
  @Column('timestamptz', { nullable: true }) until: Date | null;
}

@Entity('assessment')
class AssessmentEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @Column('text') level: string;
  @Column('real') score: number;
  @Column('bytea') body: Buffer;
  @Column('jsonb') summary: unknown;
  @Column('bytea', { name: 'summary_said' }) summarySaid: Buffer;
  @Column('bytea', { name: 'body_said' }) bodySaid: Buffer;
  @Column('bytea', { name: 'feed_keys_said', nullable: true }) feedKeysSaid: Buffer | null;
  @Column('integer', { name: 'unmapped_luns' }) unmappedLuns: number;
  @Column('text', { nullable: true }) dictionary: string | null;
  @Column('text', { name: 'judged_by', default: '' }) judgedBy: string;
}

@Entity('verdict_dictionary')
class VerdictDictionaryEntity {
  @PrimaryColumn('text') kind: string;
  @Column('bytea') body: Buffer;
}

@Entity('assessment_history')
class AssessmentHistoryEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('timestamptz') at: Date;
  @Column('text') level: string;
  @Column('real') score: number;
  @Column('text', { nullable: true }) reason: string | null;
}

@Entity('change_counter')
class ChangeCounterEntity {
  @PrimaryColumn('integer') id: number;
  @Column('bigint') seq: string;
}

@Entity('change')
class ChangeEntity {
  @PrimaryColumn('bigint') seq: string;
  @Column('jsonb') body: unknown;
}

@Entity('fleet_blast')
class FleetBlastEntity {
  @PrimaryColumn('integer') id: number;
  @Column('integer', { name: 'vms_at_risk' }) vmsAtRisk: number;
  @Column('boolean', { name: 'is_complete' }) isComplete: boolean;
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

export const fleetEntities = [
  HostEntity,
  HostSeenEntity,
  HostBootEntity,
  ReportReceiptEntity,
  ReportEntity,
  SightingEntity,
  AssessmentEntity,
  VerdictDictionaryEntity,
  AssessmentHistoryEntity,
  ChangeCounterEntity,
  ChangeEntity,
  FleetBlastEntity,
  FleetDayEntity,
  JobRunEntity,
];
