import type { WindowsDisk } from '@lunwarden/contract';
import { type Baseline, type BaselineDisk, byIdentity } from './baseline.js';
import { mayBeShared } from './drift-of.js';
import {
  judgeSubject,
  listed,
  notApplicable,
  notKnown,
  type Place,
  type Subject,
  verdictOf,
  windowsSubject,
} from './judging.js';
import type { Judgement, RuleContext } from './rule.js';

/** What is worse than before. The first report of a host has nothing to differ from. */
export function judgeDrift({ facts }: RuleContext, judge: (before: Baseline) => Judgement): Judgement {
  const place = { source: 'report before', at: facts.previous?.observedAt ?? null };
  if (facts.report === null) return notKnown('The host has never reported', place);
  if (facts.previous === undefined) return notKnown('The report before was not looked at', place);
  return facts.previous === null ? notApplicable : judge(facts.previous.facts);
}

export const windowsDisks = (context: RuleContext): Subject<WindowsDisk[]> =>
  windowsSubject(context, { name: 'The disk list is', source: 'disk list of the host', fact: ({ disks }) => disks });

/** Disks of an earlier report by what they are, not where they sit; null = nobody read the list. */
const disksBefore = (facts: Baseline): ReadonlyMap<string, BaselineDisk> | null =>
  facts.platform !== 'windows' || !('value' in facts.disks) ? null : byIdentity(facts.disks.value);

/** The disks as they are against those of the report before. */
export const judgeDiskDrift = (
  context: RuleContext,
  judge: (before: ReadonlyMap<string, BaselineDisk>, disks: readonly WindowsDisk[], place: Place) => Judgement,
): Judgement =>
  judgeDrift(context, (facts) => {
    const before = disksBefore(facts);
    return before === null
      ? notKnown('The earlier disk list is not known', { source: 'report before', at: null })
      : judgeSubject(windowsDisks(context), (disks, place) => judge(before, disks, place));
  });

/** MSFT_Disk.OfflineReason of the shared disks. Windows gives none before 2012, and then nobody knows. */
export function judgeOfflineReason(
  context: RuleContext,
  { reason, words }: { reason: number; words: string },
): Judgement {
  return judgeSubject(windowsDisks(context), (disks, place) => {
    const found = disks.filter((disk) => disk.offlineReason === reason && mayBeShared(disk));
    if (found.length > 0)
      return verdictOf(true, `${listed(found.map(({ number }) => `Disk ${number}`))} ${words}`, place);
    const silent = disks.filter((disk) => isSilent(disk) && mayBeShared(disk));
    return silent.length === 0
      ? verdictOf(false, `No disk ${words}`, place)
      : notKnown(`Why ${silent.length} disks are offline is not known`, place);
  });
}

/** Offline, as far as anybody knows, and Windows does not say why. */
const isSilent = ({ isOffline, offlineReason }: WindowsDisk): boolean =>
  offlineReason === null && (!('value' in isOffline) || isOffline.value);
