import { changes } from './advice/changes.js';
import { collector } from './advice/collector.js';
import { linux } from './advice/linux.js';
import { lunMapping } from './advice/lun-mapping.js';
import { patches } from './advice/patches.js';
import { products } from './advice/products.js';
import { transport } from './advice/transport.js';
import { windowsGuards } from './advice/windows-guards.js';
import { windowsLuns } from './advice/windows-luns.js';
import type { Advice } from './rule.js';

const all: Readonly<Record<string, Advice>> = {
  ...windowsGuards,
  ...windowsLuns,
  ...lunMapping,
  ...transport,
  ...linux,
  ...patches,
  ...products,
  ...changes,
  ...collector,
};

/** What to tell an operator about this rule; null = these texts are older than the rule. */
export const adviceOf = (rule: string): Advice | null => (Object.hasOwn(all, rule) ? (all[rule] ?? null) : null);
