import { Button } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { use, useDeferredValue, useMemo, useRef, useState } from 'react';
import { DataContext } from '../data/context.js';
import { type FleetView, useFleetView } from '../data/fleet-view.js';
import { useHeldOrder } from '../data/held-order.js';
import { orderOf, sorted, sortText } from '../data/hosts-order.js';
import { HostsSearch, hasFilter, matches } from '../data/hosts-search.js';
import { csvName, hostsCsv } from '../features/hosts/hosts-csv.js';
import { HostsFilters } from '../features/hosts/hosts-filters.js';
import { HostsTable } from '../features/hosts/hosts-table.js';
import { LookMenu } from '../features/hosts/look-menu.js';
import { densities, useTableLook } from '../features/hosts/table-look.js';
import { useHold } from '../features/hosts/use-hold.js';
import { Empty, Loaded, Page } from '../ui/page.js';
import { saveFile } from '../ui/save-file.js';

const route = getRouteApi('/hosts');

export function HostsPage() {
  const fleet = useFleetView();
  return (
    <Page title="Hosts">
      <Loaded query={fleet} label="Loading the hosts" lines={14}>
        {(view) => <HostList view={view} />}
      </Loaded>
    </Page>
  );
}

function HostList({ view }: { view: FleetView }) {
  const { clock } = use(DataContext);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/hosts' });
  const onSearch = (next: HostsSearch) => void navigate({ search: next, replace: true });
  const hosts = useDeferredValue(view.hosts);
  const order = orderOf(search.sort);
  const inOrder = useMemo(
    () =>
      sorted(
        hosts.filter((host) => matches(host, search)),
        orderOf(search.sort),
      ),
    [hosts, search],
  );
  const look = useTableLook();
  // Around the button too: whoever is on the way to it still holds the rows.
  const box = useRef<HTMLDivElement>(null);
  const [isHeld, setHeld] = useState(false);
  useHold(box, setHeld);
  const { rows, hasMoved, resort } = useHeldOrder(inOrder, JSON.stringify(search), isHeld);
  // The button goes when it was pressed; a keyboard goes on in the table.
  const resortAndStay = () => {
    resort();
    box.current?.querySelector<HTMLElement>('section')?.focus({ preventScroll: true });
  };
  const save = () => {
    const generatedAt = new Date(clock.now()).toISOString();
    const filter = Object.entries(search)
      .flatMap(([name, value]) => (value ? [`${name}=${value}`] : []))
      .join(' ');
    saveFile(
      csvName(filter, generatedAt),
      'text/csv',
      hostsCsv({ rows, total: hosts.length, filter, generatedAt, columns: look.shown.map(({ key }) => key) }),
    );
  };
  return (
    <>
      <HostsFilters search={search} onSearch={onSearch} />
      <div ref={box} className="stack">
        <div className="row spread">
          <p aria-live="polite" className="num" data-testid="row-count">
            {rows.length} of {hosts.length}
          </p>
          <div className="row">
            {hasMoved && (
              <Button size="xs" onClick={resortAndStay} data-testid="resort">
                Re-sort
              </Button>
            )}
            <LookMenu shown={look.shown} density={look.density} onToggle={look.toggle} onDensity={look.setDensity} />
            <Button size="xs" variant="default" onClick={save} disabled={rows.length === 0}>
              Export CSV
            </Button>
          </div>
        </div>
        {rows.length === 0 ? (
          <Empty title={`0 of ${hosts.length} hosts match`}>
            {hasFilter(search) ? 'Clear a filter to see more.' : 'No proxy has reported yet.'}
          </Empty>
        ) : (
          <HostsTable
            hosts={rows}
            columns={look.shown}
            rowHeight={densities[look.density]}
            order={order}
            onOrder={(next) => onSearch({ ...search, sort: sortText(next) })}
          />
        )}
      </div>
    </>
  );
}
