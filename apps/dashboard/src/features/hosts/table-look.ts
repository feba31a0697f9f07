import { useLocalStorage } from '@mantine/hooks';
import { useMemo } from 'react';
import { type Column, columns } from './columns.js';

/** Height of a row in px. */
export const densities = { compact: 32, normal: 36, comfortable: 40 } as const;
export type Density = keyof typeof densities;
const isDensity = (text: unknown): text is Density => typeof text === 'string' && Object.hasOwn(densities, text);

/** The column that names a row cannot be hidden. */
export const fixedColumn: Column['key'] = 'hostname';

/** What is shown of all columns. What is kept are the hidden ones, so that a column of a newer version is seen. */
export const shownColumns = (hidden: readonly string[]): readonly Column[] =>
  columns.filter(({ key }) => key === fixedColumn || !hidden.includes(key));

export const toggledColumn = (hidden: readonly string[], key: string): string[] =>
  hidden.includes(key) ? hidden.filter((other) => other !== key) : [...hidden, key];

/** Columns and density of the list of hosts, as this browser keeps them. */
export function useTableLook() {
  const [kept, keep] = useLocalStorage<unknown>({
    key: 'lunwarden-hosts-hidden-columns',
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const [keptDensity, setDensity] = useLocalStorage<unknown>({
    key: 'lunwarden-density',
    defaultValue: 'normal',
    getInitialValueInEffect: false,
  });
  // A browser's store may hold anything.
  const shown = useMemo(() => shownColumns(hiddenIn(kept)), [kept]);
  const density: Density = isDensity(keptDensity) ? keptDensity : 'normal';
  const toggle = (key: string) => keep(toggledColumn(hiddenIn(kept), key));
  return { shown, toggle, density, setDensity: (next: string) => isDensity(next) && setDensity(next) };
}

const hiddenIn = (kept: unknown): string[] =>
  Array.isArray(kept) ? kept.filter((key): key is string => typeof key === 'string') : [];
