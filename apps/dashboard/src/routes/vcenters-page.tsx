import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFleetView } from '../data/fleet-view.js';
import { useMay } from '../data/session.js';
import { VcenterForm } from '../features/vcenters/vcenter-form.js';
import { VcenterTable } from '../features/vcenters/vcenter-table.js';
import { Empty, Loaded, Page } from '../ui/page.js';

export function VcentersPage() {
  const fleet = useFleetView();
  const mayWrite = useMay('vcenter:write');
  const [isAdding, setAdding] = useState(false);
  const add = mayWrite && !isAdding && <Button onClick={() => setAdding(true)}>Add a vCenter</Button>;
  return (
    <Page title="vCenters" aside={add}>
      {isAdding && <VcenterForm onAdded={() => setAdding(false)} />}
      <Loaded query={fleet} label="Loading the vCenters">
        {({ vcenters }) =>
          vcenters.length === 0 ? (
            <Empty title="No vCenter yet">
              Without a map nobody knows what lies on a LUN, so every LUN on a shared bus counts as VMFS with unknown
              contents.
            </Empty>
          ) : (
            <VcenterTable vcenters={vcenters} mayWrite={mayWrite} />
          )
        }
      </Loaded>
    </Page>
  );
}
