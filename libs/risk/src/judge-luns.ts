import type { Evidence } from '@lunwarden/contract';
import type { Lun } from './lun.js';
import type { LunState } from './model.js';
import { besideWindowsLuns, type Judgement, type RuleContext } from './rule.js';
import { nameOf } from './signals/luns.js';

/** Names more LUNs than this only by their number. */
const mostNamed = 10;

/** At risk if a VMFS LUN is known to be in this state; unknown if one may be. */
export function judgeLunState(context: RuleContext, state: LunState, words: string): Judgement {
  return besideWindowsLuns(context, () => judgeVmfsState(context, state, words));
}

/** The same on either platform, for a rule that has asked already whether there are LUNs. */
export function judgeVmfsState(context: RuleContext, state: LunState, words: string): Judgement {
  const luns = context.vmfs;
  const found = luns.filter((lun) => lun.isVmfs === 'yes' && lun.worst === state && lun.best === state);
  if (found.length > 0) return { verdict: 'at-risk', evidence: [lunEvidence(found, words, context)] };
  const unsure = luns.filter((lun) => (lun.isVmfs === 'unknown' && lun.worst === state) || lun.worst !== lun.best);
  if (unsure.length > 0)
    return {
      verdict: 'unknown',
      evidence: [lunEvidence(unsure, 'may be; their state or contents are unknown', context)],
    };
  return { verdict: context.luns.kind === 'certain' ? 'safe' : 'unknown', evidence: context.signals.luns.evidence };
}

/** "prod-01 (Disk 3), prod-02 (Disk 4): online and writable". */
export function lunEvidence(luns: readonly Lun[], words: string, { observedAt }: RuleContext): Evidence {
  const named = luns.slice(0, mostNamed).map(nameOf).join(', ');
  const rest = luns.length > mostNamed ? ` and ${luns.length - mostNamed} more` : '';
  const text = `${named}${rest}: ${words}`.slice(0, 600);
  return { text, source: 'disk list of the host', observedAt };
}
