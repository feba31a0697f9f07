import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity('change_window')
class ChangeWindowEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
  @Column('text', { name: 'time_zone' }) timeZone: string;
  @Column('uuid', { name: 'host_ids', array: true, nullable: true }) hostIds: string[] | null;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'removed_at', nullable: true }) removedAt: Date | null;
}

@Entity('preflight')
@Unique('preflight_nonce', ['nonce'])
class PreflightEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'host_id' }) hostId: string;
  @Column('text') nonce: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt: Date;
  @Column('text', { name: 'requested_by' }) requestedBy: string;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt: Date | null;
  @Column('timestamptz', { name: 'observed_at', nullable: true }) observedAt: Date | null;
}

@Entity('gate_override')
class GateOverrideEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'host_id' }) hostId: string;
  @Column('uuid', { name: 'window_id' }) windowId: string;
  @Column('text') reason: string;
  @Column('uuid', { name: 'requested_by_id' }) requestedById: string;
  @Column('text', { name: 'requested_by' }) requestedBy: string;
  @Column('timestamptz', { name: 'requested_at' }) requestedAt: Date;
  @Column('uuid', { name: 'approved_by_id', nullable: true }) approvedById: string | null;
  @Column('text', { name: 'approved_by', nullable: true }) approvedBy: string | null;
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt: Date | null;
  @Column('uuid', { name: 'revoked_by_id', nullable: true }) revokedById: string | null;
  @Column('text', { name: 'revoked_by', nullable: true }) revokedBy: string | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
}

export const gateEntities = [ChangeWindowEntity, PreflightEntity, GateOverrideEntity];
