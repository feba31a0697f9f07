import type { StorageDatastoreDetail } from '@lunwarden/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useFleetView } from '../data/fleet-view.js';
import { byHostId, datastoreQuery, sightsOf } from '../data/storage.js';
import { DatastoreFacts } from '../features/storage/datastore-facts.js';
import { DoubtBars } from '../features/storage/doubt-bars.js';
import { LunList } from '../features/storage/lun-list.js';
import { MapBars } from '../features/storage/map-bars.js';
import { SightTable } from '../features/storage/sight-table.js';
import { VmList } from '../features/storage/vm-list.js';
import { visibilityOf, visibilityWords } from '../features/storage/words.js';
import { Loaded, Page } from '../ui/page.js';

const route = getRouteApi('/storage/datastores/$id');

export function DatastorePage() {
  const { id } = route.useParams();
  const query = useQuery(datastoreQuery(id));
  return (
    <Page title={query.data?.datastore.name ?? 'Datastore'} aside={<Link to="/storage">All datastores</Link>}>
      <Loaded query={query} label="Loading the datastore" lines={10}>
        {(detail) => <Datastore detail={detail} />}
      </Loaded>
    </Page>
  );
}

function Datastore({ detail }: { detail: StorageDatastoreDetail }) {
  const { datastore, hosts, vms, vcenters } = detail;
  const { data: fleet } = useFleetView();
  const sights = useMemo(
    () => sightsOf(datastore.sights, byHostId(hosts), byHostId(fleet?.hosts ?? [])),
    [datastore.sights, hosts, fleet?.hosts],
  );
  const visibility = visibilityOf(datastore);
  return (
    <>
      <MapBars vcenters={vcenters.filter(({ name }) => datastore.vcenters.includes(name))} hosts={fleet?.hosts ?? []} />
      <DoubtBars datastore={datastore} />
      <DatastoreFacts datastore={datastore} />
      <section className="stack">
        <h2 id="who">Who could write here</h2>
        {visibility === 'seen' ? (
          <SightTable sights={sights} labelledBy="who" />
        ) : (
          <p className={visibility === 'not-told' ? 'bar sev-unknown hatch' : 'dim'}>
            Proxies that see it: {visibilityWords[visibility]}.
          </p>
        )}
      </section>
      <LunList {...detail} />
      <section className="stack">
        <h2>What lies here</h2>
        <VmList vms={vms} total={datastore.vms} />
      </section>
    </>
  );
}
