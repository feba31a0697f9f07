/**
 * Weights of the risk model, all in 0..1: judgement, not measurement. They are data so that a page can show them and a
 * site can override them; whoever changes one raises the policy's `version`.
 */
export const weights = {
  /** How near a LUN in this state is to a write. */
  lun: {
    'array-read-only': 0.02,
    'offline-read-only': 0.05,
    'offline-writable': 0.12,
    'online-read-only': 0.25,
    'online-writable': 0.85,
  },
  sanPolicy: { OfflineAll: 0.02, OfflineShared: 0.08, OfflineInternal: 0.55, OnlineAll: 0.6 },
  automount: { 'disabled-scrubbed': 0, disabled: 0.15, enabled: 1 },
  /** Windows that attaches disks of guests; `leftover` = disks of an earlier task still attached. */
  hotAdd: { 'disabled-scrubbed': 0.04, disabled: 0.05, enabled: 0.22, leftover: 0.12 },
  linux: { base: 0.02, writable: 0.05, noLvmGuard: 0.06, noMultipath: 0.03, autoWipe: 0.3, foreignVolumes: 0.2 },
  linuxHotAdd: { guarded: 0.03, unguarded: 0.15, leftover: 0.12 },
  /** What is left when a host sees no LUN and attaches no disk. */
  network: 0.01,
  /** How likely somebody is about to change something. */
  trigger: {
    failedUpdate: 0.7,
    osUpgradePending: 0.7,
    bootStoreUpdatePending: 0.6,
    autoInstall: 0.4,
    lunWriteWindow: 0.3,
    pendingReboot: 0.25,
    updatesPending: 0.1,
  },
  knownExploited: { none: 0, listed: 0.7, ransomware: 0.8 },
  /** A critical vulnerability that no list calls exploited: `base + span * EPSS`. */
  likelihood: { base: 0.25, span: 0.5 },
  missing: { none: 0, low: 0.03, moderate: 0.08, unspecified: 0.2, important: 0.2, critical: 0.35 },
  /** By days since an update last installed: the first row that is not exceeded. */
  updateAge: [
    { days: 35, weight: 0 },
    { days: 65, weight: 0.08 },
    { days: 125, weight: 0.2 },
    { days: 365, weight: 0.35 },
    { days: Number.POSITIVE_INFINITY, weight: 0.5 },
  ],
  osSupport: { supported: 0, ending: 0.1, ended: 0.5 },
  productSupport: { supported: 0, 'end-of-fix': 0.1, ended: 0.3 },
  rebootForPatches: 0.08,
  /** Automount's part in the hazard of a LUN: `e * (base + span * automount) + alone * automount`. */
  automountPart: { base: 0.6, span: 0.4, alone: 0.06 },
  /** Corruption that stands already, and that which the popular fix would bring. */
  corruption: { now: 0.5, afterFix: 0.5 },
  patch: 0.55,
  /** Even an empty reach has this much impact; the rest grows with the reach. */
  impactFloor: 0.45,
  /** Reach by role where patches are concerned: what an intruder holds who takes the host. */
  roleReach: { proxy: 0.4, 'backup-server': 0.9, 'esxi-host': 0 },
  reach: { vms: 0.6, vmsAtFull: 1000, datastores: 0.2, datastoresAtFull: 64, tierOne: 0.2 },
} as const;
