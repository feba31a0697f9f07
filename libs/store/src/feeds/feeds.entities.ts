import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('feed')
class FeedEntity {
  @PrimaryColumn('text') kind: string;
  @PrimaryColumn('text') scope: string;
  @Column('timestamptz', { name: 'as_of' }) asOf: Date;
  @Column('timestamptz', { name: 'imported_at' }) importedAt: Date;
  @Column('integer') entries: number;
  @Column('bytea') sha256: Buffer;
}

@Entity('feed_entry')
class FeedEntryEntity {
  @PrimaryColumn('text') kind: string;
  @PrimaryColumn('text', { collation: 'C' }) key: string;
  @Column('jsonb') body: unknown;
}

@Entity('host_feed_key')
class HostFeedKeyEntity {
  @PrimaryColumn('text', { collation: 'C' }) key: string;
  @PrimaryColumn('uuid', { name: 'host_id' }) hostId: string;
}

export const feedsEntities = [FeedEntity, FeedEntryEntity, HostFeedKeyEntity];
