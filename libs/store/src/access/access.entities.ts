import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

@Entity('user_account')
@Unique('user_account_username', ['usernameKey'])
class UserAccountEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') username: string;
  @Column('text', { name: 'username_key' }) usernameKey: string;
  @Column('text', { name: 'password_hash' }) passwordHash: string;
  @Column('text') role: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

@Entity('session')
@Unique('session_token', ['tokenHash'])
class SessionEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash: Uint8Array;
  @Column('uuid', { name: 'user_id' }) userId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'used_at' }) usedAt: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt: Date;
}

@Entity('setup_code')
class SetupCodeEntity {
  @PrimaryColumn('integer') id: number;
  @Column('bytea', { name: 'code_hash' }) codeHash: Uint8Array;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
}

@Entity('enroll_token')
@Unique('enroll_token_hash', ['tokenHash'])
class EnrollTokenEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') label: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash: Uint8Array;
  @Column('integer', { name: 'max_uses' }) maxUses: number;
  @Column('integer', { default: 0 }) uses: number;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt: Date;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}

@Entity('agent_key')
class AgentKeyEntity {
  @PrimaryColumn('bytea', { name: 'key_hash' }) keyHash: Uint8Array;
  @Column('uuid', { name: 'host_id' }) hostId: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
}

export const accessEntities = [UserAccountEntity, SessionEntity, SetupCodeEntity, EnrollTokenEntity, AgentKeyEntity];
