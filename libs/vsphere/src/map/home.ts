/** Folder of a VM's or disk's file as vSphere writes it, e.g. `[datastore1] vm-7`; null when the text has none. */
export function folderOf(file: string | null): string | null {
  const match = /^(\[[^\]]+\] ?.*)\/[^/]+$/.exec(file ?? '');
  return match?.[1] ?? null;
}

/** The folder without its datastore: disks of one VM lie in folders of one name on several datastores. */
export const bareFolder = (folder: string | null): string | null => folder?.replace(/^\[[^\]]+\] ?/, '') ?? null;
