import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity('vcenter')
@Unique('vcenter_name', ['name'])
@Unique('vcenter_url', ['url'])
class VcenterEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text') url: string;
  @Column('text') username: string;
  @Column('jsonb') trust: unknown;
  @Column('text', { name: 'secret_key_id' }) secretKeyId: string;
  @Column('bytea', { name: 'secret_wrapped_key' }) secretWrappedKey: Uint8Array;
  @Column('bytea', { name: 'secret_sealed' }) secretSealed: Uint8Array;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
}

export const vcentersEntities = [VcenterEntity];
