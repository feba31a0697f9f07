import { type HostSummary, levelLabels, modeLabels } from '@lunwarden/contract';
import { type Filter, filterWords } from '../../data/hosts-search.js';

export const stateWords: Record<HostSummary['state'], string> = {
  reporting: 'Reporting',
  silent: 'Silent',
  stale: 'Stale',
  'never-reported': 'Never reported',
  'identity-conflict': 'Identity conflict',
};

export const filterLabels: Record<Filter, string> = {
  level: 'Level',
  mode: 'Mode',
  patch: 'Patch exposure',
  automount: 'Automount',
  san: 'SAN policy',
  state: 'State',
};

const labels: Record<string, string> = {
  ...stateWords,
  ...modeLabels,
  unknown: 'Unknown',
  'not-applicable': 'Does not apply',
};
/** The word of a filter as the table shows it. */
export const wordLabel = (filter: Filter, word: string): string => {
  const level = filterWords.level.find((known) => known === word);
  if (filter === 'level' && level !== undefined) return levelLabels[level];
  return labels[word] ?? word;
};

export function lunsText({ vmfsLuns, writableLuns }: HostSummary): string {
  if (vmfsLuns === null || writableLuns === null) return 'disks unknown';
  return writableLuns === 0 ? `${vmfsLuns} seen` : `${writableLuns} writable of ${vmfsLuns}`;
}

/** "At least none" would read like safety. */
export function vmsText({ vms, blastIsComplete }: HostSummary): string {
  if (blastIsComplete) return String(vms);
  return vms === 0 ? 'unknown' : `≥ ${vms}`;
}
