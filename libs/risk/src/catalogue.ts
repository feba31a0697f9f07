import type { Finding, Severity, Verdict } from '@lunwarden/contract';
import type { Rule, RuleContext } from './rule.js';
import { automaticModeBesideLuns } from './rules/automatic-mode-beside-luns.js';
import { automountEnabled } from './rules/automount-enabled.js';
import { automountEnabledWithHotAdd } from './rules/automount-enabled-with-hot-add.js';
import { backupServerBelowFixedBuild } from './rules/backup-server-below-fixed-build.js';
import { backupServerFixUnproven } from './rules/backup-server-fix-unproven.js';
import { backupServerJoinedToDomain } from './rules/backup-server-joined-to-domain.js';
import { backupServerSeesLuns } from './rules/backup-server-sees-luns.js';
import { bootPartitionTooSmall } from './rules/boot-partition-too-small.js';
import { collectorNotElevated } from './rules/collector-not-elevated.js';
import { datastoresChosenAutomatically } from './rules/datastores-chosen-automatically.js';
import { directSanFallsBack } from './rules/direct-san-falls-back.js';
import { diskIdentityCollides } from './rules/disk-identity-collides.js';
import { diskNumbersMoved } from './rules/disk-numbers-moved.js';
import { disksLeftAttached } from './rules/disks-left-attached.js';
import { driveLetterLeftOnBootPartition } from './rules/drive-letter-left-on-boot-partition.js';
import { emptyDiskOnSharedBus } from './rules/empty-disk-on-shared-bus.js';
import { esxiBelowFixedBuild } from './rules/esxi-below-fixed-build.js';
import { esxiSupportEnded } from './rules/esxi-support-ended.js';
import { exceptionExpired } from './rules/exception-expired.js';
import { exploitedVulnerabilityUnpatched } from './rules/exploited-vulnerability-unpatched.js';
import { guardNotEnforced } from './rules/guard-not-enforced.js';
import { guardUnlikePeers } from './rules/guard-unlike-peers.js';
import { guardWeakened } from './rules/guard-weakened.js';
import { guestFileSystemMounted } from './rules/guest-file-system-mounted.js';
import { guestVolumeGroupVisible } from './rules/guest-volume-group-visible.js';
import { hostKnownToOneSideOnly } from './rules/host-known-to-one-side-only.js';
import { jobsEnabledInWindow } from './rules/jobs-enabled-in-window.js';
import { lunWithoutOwner } from './rules/lun-without-owner.js';
import { lunWritableAtArray } from './rules/lun-writable-at-array.js';
import { lunsNotNeeded } from './rules/luns-not-needed.js';
import { lunsVisibleWithoutNeed } from './rules/luns-visible-without-need.js';
import { lvmSeesGuestVolumes } from './rules/lvm-sees-guest-volumes.js';
import { mountPointsNotScrubbed } from './rules/mount-points-not-scrubbed.js';
import { neededDatastoreNotVisible } from './rules/needed-datastore-not-visible.js';
import { networkModeUnencrypted } from './rules/network-mode-unencrypted.js';
import { osBelowServicePack } from './rules/os-below-service-pack.js';
import { osSupportEnded } from './rules/os-support-ended.js';
import { osUpgradePending } from './rules/os-upgrade-pending.js';
import { preflightMissing } from './rules/preflight-missing.js';
import { proxyComponentsOutdated } from './rules/proxy-components-outdated.js';
import { proxyVmHasSnapshots } from './rules/proxy-vm-has-snapshots.js';
import { proxyVmIsBackedUp } from './rules/proxy-vm-is-backed-up.js';
import { rebootPending } from './rules/reboot-pending.js';
import { reportNotTrusted } from './rules/report-not-trusted.js';
import { reportTooOld } from './rules/report-too-old.js';
import { restartIsForced } from './rules/restart-is-forced.js';
import { sanPolicyOfflineInternal } from './rules/san-policy-offline-internal.js';
import { sanPolicyOnlineAll } from './rules/san-policy-online-all.js';
import { sanPolicyUnknown } from './rules/san-policy-unknown.js';
import { snapshotLunVisible } from './rules/snapshot-lun-visible.js';
import { snapshotModeBesideProductionLuns } from './rules/snapshot-mode-beside-production-luns.js';
import { snapshotsLeftBehind } from './rules/snapshots-left-behind.js';
import { trapUpdatePending } from './rules/trap-update-pending.js';
import { unusedProxySeesLuns } from './rules/unused-proxy-sees-luns.js';
import { updateFailedWithTrapCode } from './rules/update-failed-with-trap-code.js';
import { updatesInstallByThemselves } from './rules/updates-install-by-themselves.js';
import { updatesMissing } from './rules/updates-missing.js';
import { updatesOverdue } from './rules/updates-overdue.js';
import { verificationAfterWindowMissing } from './rules/verification-after-window-missing.js';
import { vmfsLunMounted } from './rules/vmfs-lun-mounted.js';
import { vmfsLunOfflineWritable } from './rules/vmfs-lun-offline-writable.js';
import { vmfsLunOnlineReadOnly } from './rules/vmfs-lun-online-read-only.js';
import { vmfsLunOnlineWritable } from './rules/vmfs-lun-online-writable.js';
import { vmfsLunOverwritten } from './rules/vmfs-lun-overwritten.js';
import { vmfsLunTableChanged } from './rules/vmfs-lun-table-changed.js';
import { vmfsLunWritableOnLinux } from './rules/vmfs-lun-writable-on-linux.js';
import { windowNearGuardsWeak } from './rules/window-near-guards-weak.js';

/** Every rule, in the order of the catalogue. */
export const rules: readonly Rule[] = [
  sanPolicyOnlineAll,
  sanPolicyOfflineInternal,
  sanPolicyUnknown,
  automountEnabled,
  mountPointsNotScrubbed,
  guardWeakened,
  guardUnlikePeers,
  guardNotEnforced,
  vmfsLunOnlineWritable,
  vmfsLunOnlineReadOnly,
  vmfsLunOfflineWritable,
  vmfsLunMounted,
  vmfsLunOverwritten,
  vmfsLunTableChanged,
  emptyDiskOnSharedBus,
  diskIdentityCollides,
  snapshotLunVisible,
  diskNumbersMoved,
  lunsNotNeeded,
  lunsVisibleWithoutNeed,
  datastoresChosenAutomatically,
  neededDatastoreNotVisible,
  lunWritableAtArray,
  lunWithoutOwner,
  backupServerSeesLuns,
  directSanFallsBack,
  snapshotModeBesideProductionLuns,
  automaticModeBesideLuns,
  automountEnabledWithHotAdd,
  disksLeftAttached,
  snapshotsLeftBehind,
  proxyVmIsBackedUp,
  proxyVmHasSnapshots,
  networkModeUnencrypted,
  vmfsLunWritableOnLinux,
  lvmSeesGuestVolumes,
  guestVolumeGroupVisible,
  guestFileSystemMounted,
  updatesMissing,
  exploitedVulnerabilityUnpatched,
  updatesOverdue,
  updateFailedWithTrapCode,
  trapUpdatePending,
  bootPartitionTooSmall,
  osUpgradePending,
  rebootPending,
  updatesInstallByThemselves,
  restartIsForced,
  osSupportEnded,
  osBelowServicePack,
  backupServerBelowFixedBuild,
  backupServerFixUnproven,
  backupServerJoinedToDomain,
  proxyComponentsOutdated,
  unusedProxySeesLuns,
  esxiBelowFixedBuild,
  esxiSupportEnded,
  windowNearGuardsWeak,
  preflightMissing,
  jobsEnabledInWindow,
  verificationAfterWindowMissing,
  exceptionExpired,
  driveLetterLeftOnBootPartition,
  reportTooOld,
  reportNotTrusted,
  collectorNotElevated,
  hostKnownToOneSideOnly,
];

/** A finding before somebody reads it: the id of its rule stands for its number and its title. */
export type UntitledFinding = Omit<Finding, 'code' | 'title'>;

/** What every rule says of this host, the findings that weigh most first. */
export function findingsOf(context: RuleContext): UntitledFinding[] {
  // A rank ends in the place of its rule, so that plain numbers are all there is to sort.
  const ranks = new Int32Array(rules.length);
  const found = rules.map((rule, place): UntitledFinding => {
    const { verdict, severity = rule.severity, evidence } = rule.judge(context);
    const finding: UntitledFinding = { rule: rule.id, verdict, severity, evidence };
    ranks[place] = rankOf(finding, rule.severity, place);
    return finding;
  });
  const sorted: UntitledFinding[] = [];
  for (const rank of ranks.sort()) {
    const finding = found[rank % rules.length];
    if (finding !== undefined) sorted.push(finding);
  }
  return sorted;
}

const verdictRank: Record<Verdict, number> = { 'at-risk': 0, unknown: 1, safe: 2, 'not-applicable': 3 };
const severityRank: Record<Severity, number> = { critical: 0, high: 1, medium: 2, low: 3, info: 4 };

/** By verdict, then by severity; of two alike, the one whose rule is graver by itself; then in the order of the catalogue. */
const rankOf = ({ verdict, severity }: UntitledFinding, own: Severity, place: number): number =>
  ((verdictRank[verdict] * 5 + severityRank[severity]) * 5 + severityRank[own]) * rules.length + place;
