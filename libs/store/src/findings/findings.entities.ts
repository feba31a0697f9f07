import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('finding_work')
class FindingWorkEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('text') rule: string;
  @Column('text') code: string;
  @Column('text') title: string;
  @Column('text') severity: string;
  @Column('text') state: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt: Date;
  @Column('timestamptz', { name: 'seen_at' }) seenAt: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
  @Column('text', { name: 'changed_by', nullable: true }) changedBy: string | null;
  @Column('text', { nullable: true }) note: string | null;
  @Column('timestamptz', { name: 'accepted_until', nullable: true }) acceptedUntil: Date | null;
  @Column('text', { name: 'accepted_hash', nullable: true }) acceptedHash: string | null;
  @Column('text', { nullable: true }) voided: string | null;
  @Column('timestamptz', { name: 'verified_at', nullable: true }) verifiedAt: Date | null;
  @Column('integer') reopened: number;
  @Column('integer') version: number;
}

export const findingsEntities = [FindingWorkEntity];
