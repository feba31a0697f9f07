import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('weekly_snapshot')
class WeeklySnapshotEntity {
  @PrimaryColumn('text') week: string;
  @PrimaryColumn('text', { name: 'time_zone' }) timeZone: string;
  @Column('timestamptz', { name: 'taken_at' }) takenAt: Date;
  @Column('jsonb') levels: unknown;
  @Column('integer', { name: 'vms_at_risk' }) vmsAtRisk: number;
  @Column('jsonb') body: unknown;
}

export const weeklyEntities = [WeeklySnapshotEntity];
