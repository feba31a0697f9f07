import { coreSignals } from './policy/core-signals.js';
import { floors, levelBounds, patchBounds } from './policy/floors.js';
import { freshness } from './policy/freshness.js';
import { knownExploited } from './policy/known-exploited.js';
import { endingDays, linuxEnds, windowsClientEnds, windowsServerEnds } from './policy/os-support.js';
import { tradeOffs } from './policy/trade-offs.js';
import { autoInstallOption, bootStoreUpdates, osUpgradeCategories, trapCodes } from './policy/traps.js';
import { weights } from './policy/weights.js';

/** Same shape, any value: a site may override a number, never add or drop one. */
type Loose<T> = T extends number ? number : T extends string ? string : { readonly [K in keyof T]: Loose<T[K]> };

/** Every constant that a verdict depends on. Stored with the verdict as `policyVersion`. */
export type Policy = {
  readonly version: string;
  readonly weights: Loose<typeof weights>;
  readonly floors: Loose<typeof floors>;
  readonly levelBounds: Loose<typeof levelBounds>;
  readonly patchBounds: Loose<typeof patchBounds>;
  readonly freshness: Loose<typeof freshness>;
  readonly coreSignals: typeof coreSignals;
  readonly knownExploited: Readonly<Record<string, 'listed' | 'ransomware'>>;
  readonly osSupport: {
    readonly windowsServerEnds: Readonly<Record<string, string>>;
    readonly windowsClientEnds: Readonly<Record<string, string>>;
    readonly linuxEnds: Readonly<Record<string, Readonly<Record<string, string>>>>;
    readonly endingDays: number;
  };
  readonly traps: {
    readonly codes: readonly string[];
    readonly bootStoreUpdates: readonly string[];
    readonly osUpgradeCategories: readonly string[];
    readonly autoInstallOption: number;
  };
  readonly tradeOffs: Loose<typeof tradeOffs>;
  /** Guests' disks that a hot-add proxy is taken to hold at once while nobody reports its task limit. */
  readonly hotAddTasks: number;
};

export const defaultPolicy: Policy = {
  version: '2026-11-2',
  weights,
  floors,
  levelBounds,
  patchBounds,
  freshness,
  coreSignals,
  knownExploited,
  osSupport: { windowsServerEnds, windowsClientEnds, linuxEnds, endingDays },
  traps: { codes: trapCodes, bootStoreUpdates, osUpgradeCategories, autoInstallOption },
  tradeOffs,
  hotAddTasks: 4,
};
