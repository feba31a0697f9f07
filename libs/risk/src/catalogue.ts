import type { Finding, Severity, Verdict } from '@lunwarden/contract';
import { severities } from '@lunwarden/contract';
import type { Rule, RuleContext } from './rule.js';
import { automountEnabled } from './rules/automount-enabled.js';
import { lunWithoutOwner } from './rules/lun-without-owner.js';
import { lunsVisibleWithoutNeed } from './rules/luns-visible-without-need.js';
import { rebootPending } from './rules/reboot-pending.js';
import { reportTooOld } from './rules/report-too-old.js';
import { sanPolicyOfflineInternal } from './rules/san-policy-offline-internal.js';
import { sanPolicyOnlineAll } from './rules/san-policy-online-all.js';
import { sanPolicyUnknown } from './rules/san-policy-unknown.js';
import { updateFailedWithTrapCode } from './rules/update-failed-with-trap-code.js';
import { updatesMissing } from './rules/updates-missing.js';
import { vmfsLunMounted } from './rules/vmfs-lun-mounted.js';
import { vmfsLunOfflineWritable } from './rules/vmfs-lun-offline-writable.js';
import { vmfsLunOnlineReadOnly } from './rules/vmfs-lun-online-read-only.js';
import { vmfsLunOnlineWritable } from './rules/vmfs-lun-online-writable.js';

/** Every rule, in the order of the catalogue. */
export const rules: readonly Rule[] = [
  sanPolicyOnlineAll,
  sanPolicyOfflineInternal,
  sanPolicyUnknown,
  automountEnabled,
  vmfsLunOnlineWritable,
  vmfsLunOnlineReadOnly,
  vmfsLunOfflineWritable,
  vmfsLunMounted,
  lunsVisibleWithoutNeed,
  lunWithoutOwner,
  updatesMissing,
  updateFailedWithTrapCode,
  rebootPending,
  reportTooOld,
];

/** What every rule says of this host, the findings that weigh most first. */
export function findingsOf(context: RuleContext): Finding[] {
  return rules
    .map((rule): Finding => {
      const { verdict, severity = rule.severity, evidence } = rule.judge(context.facts, context);
      const title = verdict === 'safe' || verdict === 'not-applicable' ? rule.safeTitle : rule.title;
      return { code: rule.code, rule: rule.id, verdict, severity, title, evidence };
    })
    .toSorted(byWeight);
}

const verdictRank: Record<Verdict, number> = { 'at-risk': 0, unknown: 1, safe: 2, 'not-applicable': 3 };
const severityRank = (severity: Severity): number => severities.indexOf(severity);

const ownSeverity = new Map(rules.map(({ id, severity }) => [id, severityRank(severity)]));
const ownRank = ({ rule }: Finding): number => ownSeverity.get(rule) ?? 0;

/** Of two findings of one severity, the one whose rule is graver by itself comes first. */
function byWeight(a: Finding, b: Finding): number {
  return (
    verdictRank[a.verdict] - verdictRank[b.verdict] ||
    severityRank(a.severity) - severityRank(b.severity) ||
    ownRank(a) - ownRank(b) ||
    (a.code < b.code ? -1 : 1)
  );
}
