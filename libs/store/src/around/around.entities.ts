import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('host_baseline')
class HostBaselineEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @Column('json') facts: unknown;
  @Column('timestamptz', { name: 'observed_at', nullable: true }) observedAt: Date | null;
  @Column('boolean', { name: 'is_first' }) isFirst: boolean;
}

@Entity('judgement_owed')
class JudgementOwedEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('timestamptz', { name: 'once_observed_at' }) onceObservedAt: Date;
  @Column('uuid') ticket: string;
}

@Entity('report_refusal')
class ReportRefusalEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @PrimaryColumn('text') reason: string;
  @Column('timestamptz') at: Date;
}

@Entity('fleet_custom')
class FleetCustomEntity {
  @PrimaryColumn('integer') id: number;
  @Column('json') counts: unknown;
  @Column('timestamptz', { name: 'counted_at' }) countedAt: Date;
}

@Entity('product_server')
class ProductServerEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @Column('json') server: unknown;
  @Column('text') said: string;
  @Column('boolean', { name: 'is_listed' }) isListed: boolean;
  @Column('boolean', { name: 'has_strangers' }) hasStrangers: boolean;
  @Column('timestamptz', { name: 'frozen_at', nullable: true }) frozenAt: Date | null;
}

@Entity('product_proxy')
class ProductProxyEntity {
  @PrimaryColumn('uuid', { name: 'server_id' }) serverId: string;
  @PrimaryColumn('integer') place: number;
  @Column('text', { name: 'short_name' }) shortName: string;
  @Column('json') entry: unknown;
}

@Entity('product_pace')
class ProductPaceEntity {
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
  @Column('timestamptz', { name: 'spent_until' }) spentUntil: Date;
  @Column('boolean') waits: boolean;
}

@Entity('judging_model')
class JudgingModelEntity {
  @PrimaryColumn('integer') id: number;
  @Column('text') version: string;
}

export const aroundEntities = [
  HostBaselineEntity,
  JudgementOwedEntity,
  ReportRefusalEntity,
  FleetCustomEntity,
  ProductServerEntity,
  ProductProxyEntity,
  ProductPaceEntity,
  JudgingModelEntity,
];
