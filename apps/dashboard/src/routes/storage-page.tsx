import { Tabs } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo } from 'react';
import { useFleetView } from '../data/fleet-view.js';
import { byHostId, copiesQuery, orphansQuery, sightsOf, storageQuery } from '../data/storage.js';
import {
  filterOf,
  filtersSights,
  isFiltered,
  matchesSights,
  type StorageSearch,
  storageViews,
} from '../data/storage-search.js';
import { CopyList } from '../features/storage/copy-list.js';
import { DatastoreTable } from '../features/storage/datastore-table.js';
import { MapBars } from '../features/storage/map-bars.js';
import { OrphanTable } from '../features/storage/orphan-table.js';
import { StorageFilters } from '../features/storage/storage-filters.js';
import { Empty, Loaded, Page } from '../ui/page.js';

const route = getRouteApi('/storage');
const labels = { datastores: 'Datastores', orphans: 'Orphan LUNs', copies: 'Copies' } as const;

export function StoragePage() {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/storage' });
  const fleet = useFleetView();
  const onSearch = (next: StorageSearch) => void navigate({ search: next, replace: true });
  const view = search.view ?? 'datastores';
  return (
    <Page title="Storage">
      {fleet.data !== undefined && <MapBars vcenters={fleet.data.vcenters} hosts={fleet.data.hosts} />}
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(name) => onSearch({ ...search, view: storageViews.find((known) => known === name) })}
      >
        <Tabs.List>
          {storageViews.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {labels[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="datastores" className="stack" pt={16}>
          <Datastores search={search} onSearch={onSearch} />
        </Tabs.Panel>
        <Tabs.Panel value="orphans" className="stack" pt={16}>
          <Orphans />
        </Tabs.Panel>
        <Tabs.Panel value="copies" className="stack" pt={16}>
          <Copies />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

type Searching = { search: StorageSearch; onSearch: (search: StorageSearch) => void };

function Datastores({ search, onSearch }: Searching) {
  const query = useInfiniteQuery(storageQuery(filterOf(search)));
  const live = useLiveHosts();
  const { hasNextPage, isFetching, fetchNextPage, data, error } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetching && error === null) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, error]);
  const needsAll = filtersSights(search);
  useEffect(() => {
    // A page that holds nothing that fits would end the list.
    if (needsAll) onEnd();
  }, [needsAll, onEnd]);
  const loaded = useMemo(
    () =>
      (data?.pages ?? []).flatMap(({ datastores, hosts }) => {
        const told = byHostId(hosts);
        return datastores.map((datastore) => ({ datastore, sights: sightsOf(datastore.sights, told, live) }));
      }),
    [data, live],
  );
  const shown = useMemo(() => loaded.filter(({ sights }) => matchesSights(search, sights)), [loaded, search]);
  const vcenters = data?.pages[0]?.vcenters ?? [];
  return (
    <>
      <StorageFilters search={search} vcenters={vcenters.map(({ name }) => name)} onSearch={onSearch} />
      <Loaded query={query} label="Loading the datastores" lines={14}>
        {({ pages }) => {
          const total = pages[0]?.total ?? 0;
          const isWhole = !needsAll || !hasNextPage;
          if (total === 0 || (shown.length === 0 && isWhole))
            return <NoDatastore isFiltered={isFiltered(search)} hasVcenter={vcenters.length > 0} />;
          return (
            <>
              <p aria-live="polite" className="num" data-testid="datastore-count">
                {needsAll ? `${shown.length}${isWhole ? '' : '+'} of ${total} datastores` : `${total} datastores`}
              </p>
              <DatastoreTable datastores={shown} total={needsAll ? shown.length : total} onEnd={onEnd} />
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function NoDatastore({ isFiltered, hasVcenter }: { isFiltered: boolean; hasVcenter: boolean }) {
  if (isFiltered) return <Empty title="No datastore matches">Clear a filter to see more.</Empty>;
  return (
    <Empty title="No datastore yet">
      {hasVcenter
        ? 'No vCenter has a complete map yet.'
        : 'Connect a vCenter, or import an export of RVTools: until then nobody knows what lies on a LUN, and each one that a proxy sees is listed among the orphans.'}
    </Empty>
  );
}

function Orphans() {
  const query = useQuery(orphansQuery);
  const live = useLiveHosts();
  return (
    <Loaded query={query} label="Loading the orphans">
      {(orphans) => <OrphanTable orphans={orphans} live={live} />}
    </Loaded>
  );
}

function Copies() {
  const query = useQuery(copiesQuery);
  return (
    <Loaded query={query} label="Loading the copies">
      {(copies) => <CopyList copies={copies} />}
    </Loaded>
  );
}

function useLiveHosts() {
  const { data } = useFleetView();
  return useMemo(() => byHostId(data?.hosts ?? []), [data?.hosts]);
}
