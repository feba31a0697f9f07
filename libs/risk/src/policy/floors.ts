/** States in which the score may not fall below a bound, whatever the other terms say. Ties are ordered by the unfloored value. */
export const floors = {
  'F1-overwrite-evidence': 100,
  'F2-online-writable-automount': 85,
  'F3-online-writable': 75,
  'F4-ransomware-exploited-backup-server': 75,
  'F4-ransomware-exploited': 55,
  'F5-exploited': 55,
  'F6-weak-guard-beside-luns': 45,
  'F7-trap-ahead-beside-luns': 45,
  'F8-trap-armed': 60,
} as const;

export type Floor = keyof typeof floors;

/** Lowest score of each level. */
export const levelBounds = { critical: 75, high: 55, medium: 35, low: 15 } as const;

/** Lowest patch exposure (0..1) of each word. */
export const patchBounds = { high: 0.5, medium: 0.25, low: 0.05 } as const;
