import { NativeSelect } from '@mantine/core';
import { CheckMenu } from '../../ui/check-menu.js';
import { type Column, columns } from './columns.js';
import { type Density, fixedColumn } from './table-look.js';

type Props = {
  shown: readonly Column[];
  density: Density;
  onToggle: (key: string) => void;
  onDensity: (density: string) => void;
};

const densityLabels: Record<Density, string> = { compact: 'Compact', normal: 'Normal', comfortable: 'Comfortable' };

/** Which columns, and how close the rows. */
export function LookMenu({ shown, density, onToggle, onDensity }: Props) {
  return (
    <>
      <CheckMenu
        label="Columns"
        says={shown.length === columns.length ? '' : `${shown.length} of ${columns.length}`}
        choices={columns.map((column) => ({
          value: column.key,
          label: column.label,
          isChecked: shown.includes(column),
          isFixed: column.key === fixedColumn,
        }))}
        onToggle={onToggle}
      />
      <NativeSelect
        size="xs"
        aria-label="Row height"
        data={Object.entries(densityLabels).map(([value, label]) => ({ value, label: `Rows: ${label.toLowerCase()}` }))}
        value={density}
        onChange={(event) => onDensity(event.currentTarget.value)}
      />
    </>
  );
}
