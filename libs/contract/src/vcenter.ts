import { z } from 'zod';
import { MapGap } from './lun-map.js';
import { Count, Text } from './text.js';

/** Lower-case hex SHA-256 of the certificate in DER, as browsers and `openssl x509 -fingerprint -sha256` show it (colons allowed). */
export const CertificatePin = z
  .string()
  .transform((text) => text.replaceAll(':', '').toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 fingerprint: 64 hexadecimal digits'));

/** How the vCenter's certificate is verified. There is no way to switch it off; `loopback` is http to this machine only (demo and tests). */
export const VcenterTrust = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('system') }),
  z.strictObject({ kind: z.literal('ca'), pem: z.string().min(1).max(65_536) }),
  z.strictObject({ kind: z.literal('pin'), sha256: CertificatePin }),
  z.strictObject({ kind: z.literal('loopback') }),
]);
export type VcenterTrust = z.infer<typeof VcenterTrust>;

/** The password goes in and never comes out. */
export const VcenterRequest = z.strictObject({
  name: Text(200),
  url: z.url({ protocol: /^https?$/ }).max(500),
  username: Text(200),
  password: z.string().min(1).max(512),
  trust: VcenterTrust,
});
export type VcenterRequest = z.infer<typeof VcenterRequest>;

/** What an account may do, held against what reading the map needs: Read-only on the root folder, propagating. */
export const AccountRights = z.strictObject({
  /** Privileges that the account lacks at the root folder; the map would have gaps. */
  missing: z.array(Text(120)),
  /** Privileges beyond reading, the first twenty by name: whoever steals the account has them too. */
  excess: z.array(Text(120)).max(20),
  excessTotal: Count,
});
export type AccountRights = z.infer<typeof AccountRights>;

/** Answer of "test connection": what was met, or why not. */
export const VcenterProbe = z.strictObject({
  ok: z.boolean(),
  message: Text(500),
  /** Fingerprint met, so that an administrator can compare and pin it. */
  sha256: Text(64).nullable(),
  about: z.strictObject({ name: Text(200), apiVersion: Text(32), build: Text(32), instanceUuid: Text(64) }).nullable(),
  /** null = the vCenter did not tell; absent when nobody could log in. */
  rights: AccountRights.nullable().optional(),
});
export type VcenterProbe = z.infer<typeof VcenterProbe>;

export const VcenterGaps = z.strictObject({ gaps: z.array(MapGap), total: Count });
export type VcenterGaps = z.infer<typeof VcenterGaps>;
