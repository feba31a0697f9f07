/**
 * Failures that send people looking for a fix, and the updates that cause them: all write to a partition that Windows
 * does not mount by itself. Sources: Microsoft KB976932, KB5028997, KB5034439..41, and the setup error reference.
 */
export const trapCodes: readonly string[] = ['0x800f0a12', '0x80070643', '0x800f0922', '0xc1900104'];

export const bootStoreUpdates: readonly string[] = ['KB976932', 'KB5034439', 'KB5034440', 'KB5034441', 'KB5057589'];

/** Update classifications that replace the operating system, as WUA names them. */
export const osUpgradeCategories: readonly string[] = ['upgrades'];

/** AUOptions 4: download and install on a schedule, whether or not somebody unmasked the LUNs. */
export const autoInstallOption = 4;
