import type { About } from './rule.js';
import { about as automaticModeBesideLuns } from './rules/automatic-mode-beside-luns.js';
import { about as automountEnabled } from './rules/automount-enabled.js';
import { about as automountEnabledWithHotAdd } from './rules/automount-enabled-with-hot-add.js';
import { about as backupServerBelowFixedBuild } from './rules/backup-server-below-fixed-build.js';
import { about as backupServerFixUnproven } from './rules/backup-server-fix-unproven.js';
import { about as backupServerJoinedToDomain } from './rules/backup-server-joined-to-domain.js';
import { about as backupServerSeesLuns } from './rules/backup-server-sees-luns.js';
import { about as bootPartitionTooSmall } from './rules/boot-partition-too-small.js';
import { about as collectorNotElevated } from './rules/collector-not-elevated.js';
import { about as datastoresChosenAutomatically } from './rules/datastores-chosen-automatically.js';
import { about as directSanFallsBack } from './rules/direct-san-falls-back.js';
import { about as diskIdentityCollides } from './rules/disk-identity-collides.js';
import { about as diskNumbersMoved } from './rules/disk-numbers-moved.js';
import { about as disksLeftAttached } from './rules/disks-left-attached.js';
import { about as driveLetterLeftOnBootPartition } from './rules/drive-letter-left-on-boot-partition.js';
import { about as emptyDiskOnSharedBus } from './rules/empty-disk-on-shared-bus.js';
import { about as esxiBelowFixedBuild } from './rules/esxi-below-fixed-build.js';
import { about as esxiSupportEnded } from './rules/esxi-support-ended.js';
import { about as exceptionExpired } from './rules/exception-expired.js';
import { about as exploitedVulnerabilityUnpatched } from './rules/exploited-vulnerability-unpatched.js';
import { about as guardNotEnforced } from './rules/guard-not-enforced.js';
import { about as guardUnlikePeers } from './rules/guard-unlike-peers.js';
import { about as guardWeakened } from './rules/guard-weakened.js';
import { about as guestFileSystemMounted } from './rules/guest-file-system-mounted.js';
import { about as guestVolumeGroupVisible } from './rules/guest-volume-group-visible.js';
import { about as hostKnownToOneSideOnly } from './rules/host-known-to-one-side-only.js';
import { about as jobsEnabledInWindow } from './rules/jobs-enabled-in-window.js';
import { about as lunWithoutOwner } from './rules/lun-without-owner.js';
import { about as lunWritableAtArray } from './rules/lun-writable-at-array.js';
import { about as lunsNotNeeded } from './rules/luns-not-needed.js';
import { about as lunsVisibleWithoutNeed } from './rules/luns-visible-without-need.js';
import { about as lvmSeesGuestVolumes } from './rules/lvm-sees-guest-volumes.js';
import { about as mountPointsNotScrubbed } from './rules/mount-points-not-scrubbed.js';
import { about as neededDatastoreNotVisible } from './rules/needed-datastore-not-visible.js';
import { about as networkModeUnencrypted } from './rules/network-mode-unencrypted.js';
import { about as osBelowServicePack } from './rules/os-below-service-pack.js';
import { about as osSupportEnded } from './rules/os-support-ended.js';
import { about as osUpgradePending } from './rules/os-upgrade-pending.js';
import { about as preflightMissing } from './rules/preflight-missing.js';
import { about as proxyComponentsOutdated } from './rules/proxy-components-outdated.js';
import { about as proxyVmHasSnapshots } from './rules/proxy-vm-has-snapshots.js';
import { about as proxyVmIsBackedUp } from './rules/proxy-vm-is-backed-up.js';
import { about as rebootPending } from './rules/reboot-pending.js';
import { about as reportNotTrusted } from './rules/report-not-trusted.js';
import { about as reportTooOld } from './rules/report-too-old.js';
import { about as restartIsForced } from './rules/restart-is-forced.js';
import { about as sanPolicyOfflineInternal } from './rules/san-policy-offline-internal.js';
import { about as sanPolicyOnlineAll } from './rules/san-policy-online-all.js';
import { about as sanPolicyUnknown } from './rules/san-policy-unknown.js';
import { about as snapshotLunVisible } from './rules/snapshot-lun-visible.js';
import { about as snapshotModeBesideProductionLuns } from './rules/snapshot-mode-beside-production-luns.js';
import { about as snapshotsLeftBehind } from './rules/snapshots-left-behind.js';
import { about as trapUpdatePending } from './rules/trap-update-pending.js';
import { about as unusedProxySeesLuns } from './rules/unused-proxy-sees-luns.js';
import { about as updateFailedWithTrapCode } from './rules/update-failed-with-trap-code.js';
import { about as updatesInstallByThemselves } from './rules/updates-install-by-themselves.js';
import { about as updatesMissing } from './rules/updates-missing.js';
import { about as updatesOverdue } from './rules/updates-overdue.js';
import { about as verificationAfterWindowMissing } from './rules/verification-after-window-missing.js';
import { about as vmfsLunMounted } from './rules/vmfs-lun-mounted.js';
import { about as vmfsLunOfflineWritable } from './rules/vmfs-lun-offline-writable.js';
import { about as vmfsLunOnlineReadOnly } from './rules/vmfs-lun-online-read-only.js';
import { about as vmfsLunOnlineWritable } from './rules/vmfs-lun-online-writable.js';
import { about as vmfsLunOverwritten } from './rules/vmfs-lun-overwritten.js';
import { about as vmfsLunTableChanged } from './rules/vmfs-lun-table-changed.js';
import { about as vmfsLunWritableOnLinux } from './rules/vmfs-lun-writable-on-linux.js';
import { about as windowNearGuardsWeak } from './rules/window-near-guards-weak.js';

/** What each rule is about, by its id. Apart from the rules, so that a browser can judge without a word of it. */
const abouts: ReadonlyMap<string, About> = new Map([
  ['san-policy-online-all', sanPolicyOnlineAll],
  ['san-policy-offline-internal', sanPolicyOfflineInternal],
  ['san-policy-unknown', sanPolicyUnknown],
  ['automount-enabled', automountEnabled],
  ['mount-points-not-scrubbed', mountPointsNotScrubbed],
  ['guard-weakened', guardWeakened],
  ['guard-unlike-peers', guardUnlikePeers],
  ['guard-not-enforced', guardNotEnforced],
  ['vmfs-lun-online-writable', vmfsLunOnlineWritable],
  ['vmfs-lun-online-read-only', vmfsLunOnlineReadOnly],
  ['vmfs-lun-offline-writable', vmfsLunOfflineWritable],
  ['vmfs-lun-mounted', vmfsLunMounted],
  ['vmfs-lun-overwritten', vmfsLunOverwritten],
  ['vmfs-lun-table-changed', vmfsLunTableChanged],
  ['empty-disk-on-shared-bus', emptyDiskOnSharedBus],
  ['disk-identity-collides', diskIdentityCollides],
  ['snapshot-lun-visible', snapshotLunVisible],
  ['disk-numbers-moved', diskNumbersMoved],
  ['luns-not-needed', lunsNotNeeded],
  ['luns-visible-without-need', lunsVisibleWithoutNeed],
  ['datastores-chosen-automatically', datastoresChosenAutomatically],
  ['needed-datastore-not-visible', neededDatastoreNotVisible],
  ['lun-writable-at-array', lunWritableAtArray],
  ['lun-without-owner', lunWithoutOwner],
  ['backup-server-sees-luns', backupServerSeesLuns],
  ['direct-san-falls-back', directSanFallsBack],
  ['snapshot-mode-beside-production-luns', snapshotModeBesideProductionLuns],
  ['automatic-mode-beside-luns', automaticModeBesideLuns],
  ['automount-enabled-with-hot-add', automountEnabledWithHotAdd],
  ['disks-left-attached', disksLeftAttached],
  ['snapshots-left-behind', snapshotsLeftBehind],
  ['proxy-vm-is-backed-up', proxyVmIsBackedUp],
  ['proxy-vm-has-snapshots', proxyVmHasSnapshots],
  ['network-mode-unencrypted', networkModeUnencrypted],
  ['vmfs-lun-writable-on-linux', vmfsLunWritableOnLinux],
  ['lvm-sees-guest-volumes', lvmSeesGuestVolumes],
  ['guest-volume-group-visible', guestVolumeGroupVisible],
  ['guest-file-system-mounted', guestFileSystemMounted],
  ['updates-missing', updatesMissing],
  ['exploited-vulnerability-unpatched', exploitedVulnerabilityUnpatched],
  ['updates-overdue', updatesOverdue],
  ['update-failed-with-trap-code', updateFailedWithTrapCode],
  ['trap-update-pending', trapUpdatePending],
  ['boot-partition-too-small', bootPartitionTooSmall],
  ['os-upgrade-pending', osUpgradePending],
  ['reboot-pending', rebootPending],
  ['updates-install-by-themselves', updatesInstallByThemselves],
  ['restart-is-forced', restartIsForced],
  ['os-support-ended', osSupportEnded],
  ['os-below-service-pack', osBelowServicePack],
  ['backup-server-below-fixed-build', backupServerBelowFixedBuild],
  ['backup-server-fix-unproven', backupServerFixUnproven],
  ['backup-server-joined-to-domain', backupServerJoinedToDomain],
  ['proxy-components-outdated', proxyComponentsOutdated],
  ['unused-proxy-sees-luns', unusedProxySeesLuns],
  ['esxi-below-fixed-build', esxiBelowFixedBuild],
  ['esxi-support-ended', esxiSupportEnded],
  ['window-near-guards-weak', windowNearGuardsWeak],
  ['preflight-missing', preflightMissing],
  ['jobs-enabled-in-window', jobsEnabledInWindow],
  ['verification-after-window-missing', verificationAfterWindowMissing],
  ['exception-expired', exceptionExpired],
  ['drive-letter-left-on-boot-partition', driveLetterLeftOnBootPartition],
  ['report-too-old', reportTooOld],
  ['report-not-trusted', reportNotTrusted],
  ['collector-not-elevated', collectorNotElevated],
  ['host-known-to-one-side-only', hostKnownToOneSideOnly],
]);

/** @throws RangeError for a rule that this catalogue does not have */
export function aboutOf(rule: string): About {
  const about = abouts.get(rule);
  if (about === undefined) throw new RangeError(`No rule is called ${rule}`);
  return about;
}
