/** How backup products call the snapshots that they take for the time of a backup. Source: vCheck, plugin "Backup Garbage". */
const names = /^_?(VEEAM|VCB|NBU_SNAPSHOT|GX_BACKUP|RUBRIK|Consolidate Helper)/i;

export const isBackupSnapshot = (name: string): boolean => names.test(name);
