import type { HostSummary } from '@lunwarden/contract';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useLayoutEffect, useRef } from 'react';
import { nextOrder, type Order, type SortKey } from '../../data/hosts-order.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import type { Column } from './columns.js';
import classes from './hosts-table.module.css';
import { useChanges } from './use-changes.js';
import { useRowKeys } from './use-row-keys.js';

type Props = {
  hosts: readonly HostSummary[];
  columns: readonly Column[];
  /** px */
  rowHeight: number;
  order: Order;
  onOrder: (order: Order) => void;
};

/** Only the rows in sight are in the page; assistive technology is told how many there are. */
export function HostsTable({ hosts, columns, rowHeight, order, onOrder }: Props) {
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: hosts.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => hosts[index]?.hostId ?? index,
    overscan: 12,
  });
  useLayoutEffect(() => {
    // The rows are measured anew when their height is another.
    if (rowHeight > 0) virtual.measure();
  }, [virtual, rowHeight]);
  useRowKeys(box, hosts.length, (index) => virtual.scrollToIndex(index));
  const rows = virtual.getVirtualItems();
  const before = rows[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    <ScrollBox ref={box} className={classes.box} label="Hosts, scrollable">
      <table className={`table ${classes.table}`} aria-rowcount={hosts.length + 1}>
        <caption className="visually-hidden">Hosts. Keys: j and k move, Enter opens, slash searches.</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading key={column.key} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} columns={columns.length} />
          {rows.map((row) => {
            const host = hosts[row.index];
            return host === undefined ? null : (
              <Row key={row.key} host={host} index={row.index} columns={columns} height={rowHeight} />
            );
          })}
          <Gap height={after} columns={columns.length} />
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** Stands for the rows that are not there. */
const Gap = ({ height, columns }: { height: number; columns: number }) =>
  height <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a table row cannot have the focus
    <tr aria-hidden="true" className={classes.gap}>
      <td className={classes.gap} colSpan={columns} style={{ height }} />
    </tr>
  );

const isSortKey = (key: Column['key']): key is SortKey => key !== 'reason';

function Heading({ column, order, onOrder }: { column: Column } & Pick<Props, 'order' | 'onOrder'>) {
  const { key } = column;
  if (!isSortKey(key)) return <th scope="col">{column.label}</th>;
  const isSorted = order.key === key;
  const direction = order.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" className={column.isNumber ? 'num' : undefined} aria-sort={isSorted ? direction : undefined}>
      <button type="button" className={classes.sort} onClick={() => onOrder(nextOrder(order, key))}>
        {column.label}
        <span aria-hidden="true">{isSorted ? (order.isDescending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

const flashes = ['', classes.flash, classes['flash-again']];

type RowProps = { host: HostSummary; index: number; columns: readonly Column[]; height: number };

const Row = memo(function Row({ host, index, columns, height }: RowProps) {
  const changes = useChanges(`${host.level} ${host.score} ${host.topReason} ${host.state}`);
  const flash = changes === 0 ? '' : flashes[1 + (changes % 2)];
  return (
    <tr
      aria-rowindex={index + 2}
      data-testid="host-row"
      data-index={index}
      className={`sev-${host.level} ${classes.row} ${host.level === 'unknown' ? 'hatch' : ''} ${flash}`}
    >
      {columns.map((column) => (
        <td key={column.key} className={column.isNumber ? 'num' : undefined} style={{ height }}>
          {column.cell(host)}
        </td>
      ))}
    </tr>
  );
});
