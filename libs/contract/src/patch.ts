import { z } from 'zod';
import { Count, HResult, Instant, Text } from './text.js';

/** Severity of an update: Microsoft's MsrcSeverity, or the package manager's word mapped on it. */
export const UpdateSeverity = z.enum(['critical', 'important', 'moderate', 'low', 'unspecified']);
export type UpdateSeverity = z.infer<typeof UpdateSeverity>;

/** An update that the host's own scan offers and that is not installed (WUA search `IsInstalled=0`). */
export const PendingUpdate = z.strictObject({
  /** `KB976932`, or a package name on Linux. */
  id: Text(128),
  title: Text(512),
  severity: UpdateSeverity,
  categories: z.array(Text(128)).max(32),
  cves: z.array(z.string().regex(/^CVE-[0-9]{4}-[0-9]{4,19}$/)).max(1000),
  needsReboot: z.boolean(),
});
export type PendingUpdate = z.infer<typeof PendingUpdate>;

/** One line of the update history, newest first. */
export const UpdateAttempt = z.strictObject({
  id: Text(128),
  title: Text(512),
  at: Instant,
  result: z.enum(['succeeded', 'succeeded-with-errors', 'failed', 'aborted', 'in-progress']),
  hresult: HResult.nullable(),
});
export type UpdateAttempt = z.infer<typeof UpdateAttempt>;

/** Windows Update policy as the registry holds it (…\WindowsUpdate\AU); null = value absent. */
export const UpdatePolicy = z.strictObject({
  noAutoUpdate: z.boolean().nullable(),
  auOptions: z.int().min(0).max(10).nullable(),
  scheduledInstallDay: z.int().min(0).max(7).nullable(),
  scheduledInstallHour: z.int().min(0).max(23).nullable(),
  alwaysAutoReboot: z.boolean().nullable(),
  usesWsus: z.boolean().nullable(),
});
export type UpdatePolicy = z.infer<typeof UpdatePolicy>;

/** Free bytes that trap updates need (PAT-006): EFI/System Reserved and WinRE partitions of the boot disk. */
export const BootSpace = z.strictObject({
  systemPartitionFreeMb: Count.nullable(),
  recoveryPartitionFreeMb: Count.nullable(),
  winReEnabled: z.boolean().nullable(),
});
export type BootSpace = z.infer<typeof BootSpace>;
