import { type HostFacts, keysOfLinuxDisk, keysOfWindowsDisk, type LunKey } from '@lunwarden/contract';

/** Every LUN key that the host's disk list names; none if the list is not known. */
export function lunKeysOf(facts: HostFacts): LunKey[] {
  if (facts.platform === 'windows') return 'value' in facts.disks ? facts.disks.value.flatMap(keysOfWindowsDisk) : [];
  return 'value' in facts.disks ? facts.disks.value.flatMap(keysOfLinuxDisk) : [];
}
