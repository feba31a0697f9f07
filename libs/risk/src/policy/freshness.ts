const minute = 60_000;
const hour = 60 * minute;

/** For how long a fact may count as good after it was true. What is bad does not expire. */
export const freshness = {
  /** SAN policy, automount, disks and their states. */
  hostStateMs: 3 * hour,
  /** Transport mode and roles. */
  modeMs: 24 * hour,
  /** Pending updates, pending reboot, operating system. */
  patchMs: 12 * hour,
  mapMs: 2 * hour,
  /** What the backup product says of the host. */
  productMs: 24 * hour,
  /** What the maps say of its machine: as old as they are. */
  inventoryMs: 2 * hour,
  /** Feeds of vulnerabilities and fixed builds. */
  feedMs: 30 * 24 * hour,
  /** The catalogue of bulletins is as old as its newest one, and they come once a month. */
  catalogueMs: 45 * 24 * hour,
  /** After this long without a word the host counts as silent. */
  aliveMs: 15 * minute,
  /** Age of the last report from which COL-001 warns, and from which it warns louder. */
  reportOldMs: 26 * hour,
  reportVeryOldMs: 7 * 24 * hour,
  /** Observed transport modes older than this say nothing about today. */
  observedModeMs: 30 * 24 * hour,
  /** A verdict that depends on nothing that expires is judged anew after this long. */
  horizonMs: 24 * hour,
  /** Clocks of server and database may differ by this much before an observation counts as from the future. */
  skewMs: minute,
} as const;
