import type { HostSummary } from '@lunwarden/contract';

/** Host names as people paste them, one a line or with commas, to ids; names that no host has are told, not dropped. */
export function hostsNamed(text: string, hosts: readonly Pick<HostSummary, 'hostId' | 'hostname'>[]) {
  const names = [...new Set(text.toLowerCase().split(/[\s,;]+/))].filter((name) => name !== '');
  const found = names.map((name) => ({
    name,
    // Two hosts may bear one name: both are meant, for neither may be left out by accident.
    ids: hosts.filter(({ hostname }) => hostname.toLowerCase() === name).map(({ hostId }) => hostId),
  }));
  return {
    ids: [...new Set(found.flatMap(({ ids }) => ids))],
    unknown: found.filter(({ ids }) => ids.length === 0).map(({ name }) => name),
  };
}
