import { type FleetSnapshot, levels, type WeeklySnapshot } from '@lunwarden/contract';
import type { WeekSpan } from '@lunwarden/report';

type Occasion = { span: WeekSpan; timeZone: string; policyVersion: string };

/** The fleet as the snapshot of a week. While `takenAt` lies before `endsAt`, it is a preview. */
export function snapshotOf(fleet: FleetSnapshot, { span, timeZone, policyVersion }: Occasion): WeeklySnapshot {
  const { asOf: takenAt, hosts, vcenters, vmsAtRisk } = fleet;
  const counts: WeeklySnapshot['levels'] = { critical: 0, unknown: 0, high: 0, medium: 0, low: 0, minimal: 0 };
  for (const level of levels) counts[level] = hosts.filter((host) => host.level === level).length;
  return { ...span, timeZone, takenAt, policyVersion, levels: counts, vmsAtRisk, hosts, vcenters };
}

export const isPreview = ({ takenAt, endsAt }: WeeklySnapshot): boolean => Date.parse(takenAt) < Date.parse(endsAt);
