import type { Assessment } from '@lunwarden/contract';

/** Whether a careless write could reach a production LUN; a list that nobody read may hold one (R11). */
export const isExposed = ({ exposure: { vmfsLuns, unmappedLuns } }: Pick<Assessment, 'exposure'>): boolean =>
  vmfsLuns === null || vmfsLuns > 0 || unmappedLuns > 0;
