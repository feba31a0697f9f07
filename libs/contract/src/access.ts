import { z } from 'zod';
import { Count, HostName, Instant, Text } from './text.js';

/** What a caller may do. Every route names exactly one; the API does not start with a route that names none. */
export const permissions = [
  'public',
  'setup',
  'fleet:read',
  'host:read',
  'report:read',
  'vcenter:read',
  'vcenter:write',
  'feeds:read',
  'feeds:write',
  'enroll:write',
  'gate:read',
  'gate:write',
  'finding:read',
  'finding:write',
  'policy:write',
  'agent:enroll',
  'agent:report',
] as const;
export type Permission = (typeof permissions)[number];

export const roles = ['viewer', 'admin'] as const;
export type Role = (typeof roles)[number];

/** The table permission x role. `public`, `setup` and `agent:*` belong to no role: sessions never pass them and keys never pass the others. */
export const permissionsOfRole: Record<Role, readonly Permission[]> = {
  viewer: ['fleet:read', 'host:read', 'report:read', 'vcenter:read', 'feeds:read', 'gate:read', 'finding:read'],
  admin: [
    'fleet:read',
    'host:read',
    'report:read',
    'vcenter:read',
    'vcenter:write',
    'feeds:read',
    'feeds:write',
    'enroll:write',
    'gate:read',
    'gate:write',
    'finding:read',
    'finding:write',
    'policy:write',
  ],
};

const Username = z
  .string()
  .regex(/^[A-Za-z0-9._@-]{1,64}$/, 'letters, digits, dot, dash, underscore and @, at most 64');
const Password = z.string().min(12, 'at least 12 characters').max(128);

export const SetupRequest = z.strictObject({ code: Text(200), username: Username, password: Password });
export type SetupRequest = z.infer<typeof SetupRequest>;
export const LoginRequest = z.strictObject({ username: Username, password: z.string().min(1).max(128) });
export type LoginRequest = z.infer<typeof LoginRequest>;

export const SessionInfo = z.strictObject({
  username: Text(64),
  role: z.enum(roles),
  expiresAt: Instant,
  permissions: z.array(z.enum(permissions)),
});
export type SessionInfo = z.infer<typeof SessionInfo>;

/** What the dashboard asks first: is there a user at all, and who am I. */
export const Welcome = z.strictObject({ needsSetup: z.boolean(), version: Text(32), session: SessionInfo.nullable() });
export type Welcome = z.infer<typeof Welcome>;

export const EnrollTokenRequest = z.strictObject({
  label: Text(120),
  maxUses: z.int().min(1).max(10_000),
  expiresInHours: z.int().min(1).max(168),
});
export type EnrollTokenRequest = z.infer<typeof EnrollTokenRequest>;
const enrollToken = {
  id: z.uuid(),
  label: Text(120),
  maxUses: Count,
  uses: Count,
  expiresAt: Instant,
  createdAt: Instant,
};
export const EnrollTokenInfo = z.strictObject(enrollToken);
export type EnrollTokenInfo = z.infer<typeof EnrollTokenInfo>;
/** The token itself is shown once, here. */
export const EnrollTokenCreated = z.strictObject({ ...enrollToken, token: Text(200) });
export type EnrollTokenCreated = z.infer<typeof EnrollTokenCreated>;

export const EnrollRequest = z.strictObject({
  token: Text(200),
  installId: z.uuid(),
  hostname: HostName,
  platform: z.enum(['windows', 'linux']),
});
export type EnrollRequest = z.infer<typeof EnrollRequest>;
export const EnrollReceipt = z.strictObject({ hostId: z.uuid(), key: Text(200), nextReportInMs: Count });
export type EnrollReceipt = z.infer<typeof EnrollReceipt>;
