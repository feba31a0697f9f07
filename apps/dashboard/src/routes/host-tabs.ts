import { GateAsks, WhatIfQuery } from '@lunwarden/contract';
import { z } from 'zod';

export const tabs = [
  ['why', 'Why'],
  ['blast', 'Blast radius'],
  ['runbook', 'Gate and runbook'],
  ['modes', 'Modes'],
  ['whatif', 'What if'],
  ['changes', 'Changes'],
  ['raw', 'Raw'],
] as const;
export const tabNames = tabs.map(([name]) => name);

const { mode, unmask, harden, delayDays } = WhatIfQuery.shape;

/** View state of a host's page, the switches of its what-if among it: a copied link shows the same scenario. */
export const HostSearch = z.object({
  tab: z.enum(tabNames).optional().catch(undefined),
  /** Change window whose gate is shown, and what is asked of it. */
  window: z.uuid().optional().catch(undefined),
  asks: GateAsks.optional().catch(undefined),
  mode: mode.catch(undefined),
  unmask: unmask.catch(undefined),
  harden: harden.catch(undefined),
  delayDays: delayDays.catch(undefined),
});
export type HostSearch = z.infer<typeof HostSearch>;
