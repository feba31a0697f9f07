import type { PendingUpdate, UpdateAttempt } from '@lunwarden/contract';
import { patchFact } from '../host-fact.js';
import { flag, grade, mapTold, type Reading, settled, type Told } from '../reading.js';
import type { Signals, Source } from '../signals.js';
import { exploitedReading } from './exploited.js';
import { lackingOf } from './lacking.js';
import { likelihoodReading } from './likelihood.js';
import { missingReading } from './missing.js';
import { osSupportReading } from './os-support.js';

type PatchReadings = Pick<
  Signals,
  | 'missing'
  | 'knownExploited'
  | 'epss'
  | 'updateAge'
  | 'osSupport'
  | 'failedUpdate'
  | 'osUpgradePending'
  | 'bootStoreUpdatePending'
  | 'autoInstall'
  | 'pendingReboot'
  | 'updatesPending'
>;

const day = 86_400_000;

export function patchReadings(source: Source): PatchReadings {
  const pending = patchFact(source, (facts) => facts.pendingUpdates);
  const { observedAt } = source;
  const { traps } = source.policy;
  return {
    ...missingReadings(pending, source),
    updateAge: updateAgeReading(source),
    osSupport: osSupportReading(source),
    updatesPending: flag(
      mapTold(pending, (list) => list.length > 0),
      {
        yes: 'Updates are waiting',
        no: 'No update is waiting',
        name: 'Whether updates are waiting is',
        source: 'update scan of the host',
        observedAt,
      },
    ),
    osUpgradePending: flag(
      mapTold(pending, (list) => list.some((update) => isUpgrade(update, traps.osUpgradeCategories))),
      {
        yes: 'An upgrade of the operating system is waiting',
        no: 'No upgrade of the operating system is waiting',
        name: 'Whether an upgrade of the operating system is waiting is',
        source: 'update scan of the host',
        observedAt,
      },
    ),
    bootStoreUpdatePending: flag(
      mapTold(pending, (list) => list.some(({ id }) => traps.bootStoreUpdates.includes(id))),
      {
        yes: 'An update that must write to the boot or recovery partition is waiting',
        no: 'No update that must write to the boot or recovery partition is waiting',
        name: 'Whether an update of the boot store is waiting is',
        source: 'update scan of the host',
        observedAt,
      },
    ),
    pendingReboot: flag(
      mapTold(
        patchFact(source, (facts) => facts.pendingReboot),
        (reasons) => reasons.length > 0,
      ),
      {
        yes: 'A reboot is pending',
        no: 'No reboot is pending',
        name: 'Whether a reboot is pending is',
        source: 'registry',
        observedAt,
      },
    ),
    ...windowsTriggers(source, observedAt),
  };
}

/** Failed attempts and the install schedule exist on Windows only. */
function windowsTriggers(source: Source, observedAt: string | null): Pick<Signals, 'failedUpdate' | 'autoInstall'> {
  if (source.platform === 'linux') return { failedUpdate: settled(false), autoInstall: settled(false) };
  const { traps } = source.policy;
  const history = patchFact(source, (facts) => (facts.platform === 'windows' ? facts.updateHistory : notThere));
  const policy = patchFact(source, (facts) => (facts.platform === 'windows' ? facts.updatePolicy : notThere));
  const failure = history.kind === 'unknown' ? undefined : standingFailure(history.value, traps.codes, source.asOf);
  return {
    failedUpdate: flag(
      mapTold(history, () => failure !== undefined),
      {
        yes: `${failure?.id ?? 'An update'} failed with ${failure?.hresult ?? 'an error'}: somebody will look for a fix`,
        no: 'No update failed with a code that sends people looking for a fix',
        name: 'The update history is',
        source: 'Windows Update history',
        observedAt,
      },
    ),
    autoInstall: flag(
      // Without a policy Windows decides by itself when to install.
      mapTold(policy, ({ noAutoUpdate, auOptions }) =>
        noAutoUpdate === true ? false : auOptions === null || auOptions === traps.autoInstallOption,
      ),
      {
        yes: 'Updates install by themselves, whether or not the LUNs are unmasked',
        no: 'Updates wait for an operator',
        name: 'The update policy is',
        source: 'WindowsUpdate\\AU',
        observedAt,
      },
    ),
  };
}

const notThere = { unknown: 'unsupported' } as const;

/** The newest failure with one of these codes that no later attempt of the same update made good. */
export const standingFailure = (
  history: readonly UpdateAttempt[],
  codes: readonly string[],
  asOf: number,
): UpdateAttempt | undefined =>
  standingFailures(history, asOf).find(({ hresult }) => hresult !== null && codes.includes(hresult));

/** Failures that no later attempt of the same update made good, newest first. A success dated in the future makes nothing good. */
export function standingFailures(history: readonly UpdateAttempt[], asOf: number): UpdateAttempt[] {
  const successes = history.filter(({ result, at }) => result.startsWith('succeeded') && Date.parse(at) <= asOf + day);
  return history
    .filter(({ result }) => result === 'failed')
    .filter((failure) => !successes.some(({ id, at }) => id === failure.id && Date.parse(at) >= Date.parse(failure.at)))
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? -1 : 1));
}

const isUpgrade = ({ categories }: PendingUpdate, names: readonly string[]): boolean =>
  categories.some((category) => names.includes(category.toLowerCase()));

function missingReadings(
  scan: Told<PendingUpdate[]>,
  source: Source,
): Pick<Signals, 'missing' | 'knownExploited' | 'epss'> {
  const lacking = lackingOf(scan, source);
  return {
    missing: missingReading(lacking, scan, source),
    knownExploited: exploitedReading(lacking, scan, source),
    epss: likelihoodReading(lacking, source),
  };
}

/** A host whose clock runs years ahead installed nothing yet: what it dates after the day of judgement is not known. */
function withoutFuture(fact: Told<string | null>, { asOf }: Source): Told<string | null> {
  const isFuture = fact.kind !== 'unknown' && fact.value !== null && Date.parse(fact.value) > asOf + day;
  return isFuture ? { kind: 'unknown', why: 'clock' } : fact;
}

/** Days since an update last installed; a history without any success is as bad as the oldest one. */
export function updateAgeReading(source: Source): Reading<number> {
  const fact = withoutFuture(
    patchFact(source, (facts) => facts.lastUpdateSuccessAt),
    source,
  );
  const never = Number.POSITIVE_INFINITY;
  const fine = source.policy.weights.updateAge[0]?.days ?? 0;
  return grade<number>(
    mapTold(fact, (at) => (at === null ? never : Math.max(0, (source.asOf - Date.parse(at)) / day))),
    {
      worst: never,
      best: 0,
      isBad: (days) => days > fine,
      say: (days) =>
        days === never ? 'No update ever installed' : `Last update installed ${Math.floor(days)} days ago`,
      name: 'When an update was last installed is',
      source: 'update history of the host',
      observedAt: source.observedAt,
    },
  );
}
