import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('policy_change')
class PolicyChangeEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) id: string;
  @Column('text') path: string;
  @Column('double precision') before: number;
  @Column('double precision', { nullable: true }) after: number | null;
  @Column('text') reason: string;
  @Column('uuid', { name: 'changed_by_id' }) changedById: string;
  @Column('text', { name: 'changed_by' }) changedBy: string;
  @Column('timestamptz', { name: 'changed_at' }) changedAt: Date;
}

export const policyEntities = [PolicyChangeEntity];
