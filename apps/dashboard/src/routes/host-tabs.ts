import { z } from 'zod';

export const tabs = [
  ['why', 'Why'],
  ['blast', 'Blast radius'],
  ['runbook', 'Runbook'],
  ['modes', 'Modes'],
  ['changes', 'Changes'],
  ['raw', 'Raw'],
] as const;
export const tabNames = tabs.map(([name]) => name);

export const HostSearch = z.object({ tab: z.enum(tabNames).optional().catch(undefined) });
