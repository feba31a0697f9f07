import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity('vcenter')
@Unique('vcenter_name', ['name'])
@Unique('vcenter_url', ['url'])
class VcenterEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text') url: string;
  @Column('text', { nullable: true }) username: string | null;
  @Column('jsonb', { nullable: true }) trust: unknown;
  @Column('text', { name: 'secret_key_id', nullable: true }) secretKeyId: string | null;
  @Column('bytea', { name: 'secret_wrapped_key', nullable: true }) secretWrappedKey: Uint8Array | null;
  @Column('bytea', { name: 'secret_sealed', nullable: true }) secretSealed: Uint8Array | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
}

export const vcentersEntities = [VcenterEntity];
