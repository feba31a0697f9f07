/** A code as words for people: acronyms keep the spelling that the field gives them. */
export const wordsOf = (code: string): string =>
  code
    .split('-')
    .map((word) => spellings[word] ?? word)
    .join(' ');

const spellings: Record<string, string> = {
  lun: 'LUN',
  luns: 'LUNs',
  san: 'SAN',
  os: 'OS',
  lvm: 'LVM',
  vms: 'VMs',
  vm: 'VM',
  vmfs: 'VMFS',
};
