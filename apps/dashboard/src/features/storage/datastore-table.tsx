import type { StorageDatastore } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Sight } from '../../data/storage.js';
import { doubtsText } from '../../ui/doubts.js';
import { Ago } from '../../ui/instant.js';
import { LevelIcon } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { sizeText } from '../../ui/size.js';
import classes from './datastore-table.module.css';
import { levelOf, sightsText, visibilityOf, visibilityWords } from './words.js';

const rowHeight = 36;
/** The next page is asked for when so few rows are left below. */
const aheadRows = 40;

type Shown = { datastore: StorageDatastore; sights: readonly Sight[] };
type Props = { datastores: readonly Shown[]; total: number; onEnd: () => void };

const columns: readonly { label: string; width: string; isNumber?: boolean; cell: (shown: Shown) => ReactNode }[] = [
  {
    label: 'Datastore',
    width: '210px',
    cell: ({ datastore: { id, name } }) => (
      <Link to="/storage/datastores/$id" params={{ id }}>
        {name}
      </Link>
    ),
  },
  { label: 'Proxies that see it', width: '380px', cell: (shown) => <Seen {...shown} /> },
  { label: 'VMs', width: '96px', isNumber: true, cell: ({ datastore }) => <Vms datastore={datastore} /> },
  { label: 'Type', width: '80px', cell: ({ datastore }) => datastore.type },
  { label: 'vCenter', width: '190px', cell: ({ datastore }) => datastore.vcenters.join(', ') },
  {
    label: 'Capacity',
    width: '100px',
    isNumber: true,
    cell: ({ datastore: { capacityBytes } }) =>
      capacityBytes === null ? <span className="dim">unknown</span> : sizeText(capacityBytes),
  },
  {
    label: 'LUNs',
    width: '340px',
    cell: ({ datastore: { luns } }) => <span className="mono">{luns.map(({ diskName }) => diskName).join(', ')}</span>,
  },
  { label: 'Map', width: '110px', cell: ({ datastore }) => <Ago at={datastore.mapCollectedAt} /> },
];

/** Only the rows in sight are in the page; assistive technology is told how many there are. */
export function DatastoreTable({ datastores, total, onEnd }: Props) {
  const box = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: datastores.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => datastores[index]?.datastore.id ?? index,
    overscan: 12,
  });
  const rows = virtual.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  const isNearEnd = last >= datastores.length - aheadRows;
  useEffect(() => {
    if (isNearEnd) onEnd();
  }, [isNearEnd, onEnd]);
  return (
    <ScrollBox ref={box} className={classes.box} label="Datastores, scrollable">
      <table className={`table ${classes.table}`} aria-rowcount={total + 1}>
        <caption className="visually-hidden">Datastores, and the proxies that see their LUNs</caption>
        <colgroup>
          {columns.map(({ label, width }) => (
            <col key={label} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ label, isNumber }) => (
              <th key={label} scope="col" className={isNumber ? 'num' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={rows[0]?.start ?? 0} />
          {rows.map(({ key, index }) => {
            const shown = datastores[index];
            return shown === undefined ? null : <Row key={key} shown={shown} index={index} />;
          })}
          <Gap height={virtual.getTotalSize() - (rows.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Row({ shown, index }: { shown: Shown; index: number }) {
  const visibility = visibilityOf(shown.datastore);
  const level = levelOf(visibility, shown.sights);
  // That nobody told of it is no proof that nobody sees it: no colour, not even the best one.
  const colour = visibility === 'seen' || visibility === 'not-told' ? `sev-${level}` : '';
  return (
    <tr
      aria-rowindex={index + 2}
      data-testid="datastore-row"
      className={`${colour} ${classes.row} ${level === 'unknown' ? 'hatch' : ''}`}
    >
      {columns.map(({ label, isNumber, cell }) => (
        <td key={label} className={isNumber ? 'num' : undefined}>
          {cell(shown)}
        </td>
      ))}
    </tr>
  );
}

function Seen({ datastore, sights }: Shown) {
  const visibility = visibilityOf(datastore);
  if (visibility === 'unseen' || visibility === 'no-lun')
    return <span className="dim">{visibilityWords[visibility]}</span>;
  return (
    <span className="nowrap">
      <LevelIcon level={levelOf(visibility, sights)} />{' '}
      {visibility === 'seen' ? sightsText(sights) : visibilityWords[visibility]}
    </span>
  );
}

/** A row has room for the mark; the words are for who points at it, listens to it, or opens the datastore. */
function Vms({ datastore }: { datastore: StorageDatastore }) {
  const doubt = doubtsText(datastore);
  if (doubt === null) return datastore.vms;
  return (
    <span className="nowrap" title={doubt} data-testid="doubt-mark">
      <LevelIcon level="unknown" /> {datastore.vms}
      <span className="visually-hidden"> {doubt}</span>
    </span>
  );
}

/** Stands for the rows that are not there. */
const Gap = ({ height }: { height: number }) =>
  height <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a table row cannot have the focus
    <tr aria-hidden="true" className={classes.gap}>
      <td className={classes.gap} colSpan={columns.length} style={{ height }} />
    </tr>
  );
