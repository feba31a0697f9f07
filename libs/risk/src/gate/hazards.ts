import type { Assessment, Driver, Finding, GateReason } from '@lunwarden/contract';
import { isExposed } from './exposed.js';

/** Rules about what a write can destroy. Missing patches and old products are what the change is for, and forbid nothing. */
const hazardFamilies: readonly string[] = ['WIN', 'LUN', 'SAN', 'HOT', 'LNX', 'CHG'];
/** Unzoning cures these altogether, and is the first step of the runbook. */
const curedByUnzoning: readonly string[] = ['luns-visible-without-need'];

/** Guards: one that is known to be down beside LUNs on a high or critical host forbids the change. */
const guards: readonly string[] = [
  'disk-states',
  'lun-tables',
  'san-policy',
  'automount',
  'lvm-guard',
  'foreign-volume-groups',
];
/** What makes somebody do the dangerous thing during the change. */
const triggers: readonly string[] = [
  'failed-update',
  'boot-store-update',
  'os-upgrade',
  'auto-install',
  'pending-reboot',
];

const isGrave = (severity: Finding['severity']): boolean => severity === 'critical' || severity === 'high';
const isHazard = ({ code }: Finding): boolean => hazardFamilies.includes(code.slice(0, 3));

/** What is known to be bad about patching this host: it forbids, or it asks for steps first. */
export function hazardsOf(assessment: Assessment): GateReason[] {
  const bad = assessment.drivers.filter(({ state }) => state === 'bad');
  if (isExposed(assessment)) return besideLuns(assessment, bad);
  return assessment.mode.effective === 'virtual-appliance' ? besideGuests(bad) : [];
}

function besideLuns({ level, findings, exposure }: Assessment, bad: readonly Driver[]): GateReason[] {
  const isGraveHost = isGraveLevel(level);
  const reasons = findings
    .filter((finding) => finding.verdict === 'at-risk' && isHazard(finding) && finding.severity !== 'info')
    .map((finding): GateReason => {
      const blocks = isGrave(finding.severity) && !curedByUnzoning.includes(finding.rule);
      return { code: finding.rule, effect: blocks ? 'blocks' : 'step', text: textOf(finding) };
    });
  for (const { factor, label, value } of bad) {
    const isGuard = guards.includes(factor);
    const isTrigger = triggers.includes(factor);
    if (!isGuard && !isTrigger) continue;
    // A trap ahead of a host that is high or critical already is no case for a runbook.
    const blocks = isGraveHost && (isGuard || armed.includes(factor));
    reasons.push({ code: factor, effect: blocks ? 'blocks' : 'step', text: `${label}: ${value}`.slice(0, 600) });
  }
  if (reasons.length === 0 && level !== 'low' && level !== 'minimal') {
    const luns = exposure.vmfsLuns === null ? 'production LUNs' : `${exposure.vmfsLuns} VMFS LUNs`;
    reasons.push({ code: 'level', effect: 'step', text: `The host sees ${luns} and its level is ${level}.` });
  }
  return reasons;
}

/** Triggers that lead to a write on a boot or system partition, and so to the unsafe popular fixes. */
const armed: readonly string[] = ['failed-update', 'boot-store-update', 'os-upgrade'];

/** In hot-add the disks of guests hang on the proxy itself. */
function besideGuests(bad: readonly Driver[]): GateReason[] {
  return bad
    .filter(({ factor }) => factor === 'automount' || factor === 'lvm-guard' || factor === 'foreign-volume-groups')
    .map(({ factor, label, value }) => ({ code: factor, effect: 'step', text: `${label}: ${value}`.slice(0, 600) }));
}

const isGraveLevel = (level: Assessment['level']): boolean => level === 'critical' || level === 'high';

const textOf = ({ title, evidence: [first] }: Finding): string =>
  (first === undefined ? title : `${title}: ${first.text}`).slice(0, 600);
