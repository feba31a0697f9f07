// Words and tiny functions without zod, so that the rules stay small in a browser.

/** One vocabulary in every surface, worst first. `unknown` sorts right under critical and is never green. */
export const levels = ['critical', 'unknown', 'high', 'medium', 'low', 'minimal'] as const;
export type Level = (typeof levels)[number];

export const levelLabels: Record<Level, string> = {
  critical: 'Critical',
  unknown: 'Unknown',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  minimal: 'OK',
};

export const mapKinds = ['hosts', 'datastores', 'vms'] as const;
/** What a map counts, and may have lost. */
export type MapKind = (typeof mapKinds)[number];

export const mapKindLabels: Record<MapKind, string> = { hosts: 'ESXi hosts', datastores: 'datastores', vms: 'VMs' };

/** Such as `4 ESXi hosts`, for each kind that is named. */
export const mapCountTexts = (counts: { [kind in MapKind]?: number | undefined }): string[] =>
  mapKinds.flatMap((kind) => (counts[kind] === undefined ? [] : [`${counts[kind]} ${mapKindLabels[kind]}`]));

export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof severities)[number];

export const patchExposures = ['none', 'low', 'medium', 'high', 'unknown'] as const;
export type PatchExposure = (typeof patchExposures)[number];

export const transportModes = ['direct-san', 'virtual-appliance', 'network'] as const;
/** The three transport modes that are scored side by side. */
export type TransportMode = (typeof transportModes)[number];

export const modeLabels: Record<TransportMode | 'unknown', string> = {
  'direct-san': 'Direct SAN',
  'virtual-appliance': 'Virtual Appliance',
  network: 'Network',
  unknown: 'Unknown mode',
};

/** Why a fact is not known. A closed list: every surface has words for each of them. */
export const unknownReasons = [
  'never_reported',
  'stale',
  'denied',
  'error',
  'timeout',
  'unsupported',
  'not_collected',
  'conflict',
  'truncated',
  'clock',
  'rejected',
  'unrecognised_value',
] as const;
export type UnknownReason = (typeof unknownReasons)[number];

/** A fact that somebody may have failed to read. "Could not look" is never "looked, and it was fine". */
export type Known<T> = { value: T } | { unknown: UnknownReason; detail?: string | undefined };

export const isKnown = <T>(fact: Known<T>): fact is { value: T } => 'value' in fact;

/** The value, or what to take in its place while nobody knows. */
export const valueOr = <T, U>(fact: Known<T>, otherwise: U): T | U => ('value' in fact ? fact.value : otherwise);
