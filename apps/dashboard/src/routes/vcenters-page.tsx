import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFleetView } from '../data/fleet-view.js';
import { useMay } from '../data/session.js';
import { ImportForm } from '../features/vcenters/import-form.js';
import { VcenterForm } from '../features/vcenters/vcenter-form.js';
import { VcenterTable } from '../features/vcenters/vcenter-table.js';
import { Empty, Loaded, Page } from '../ui/page.js';

export function VcentersPage() {
  const fleet = useFleetView();
  const mayWrite = useMay('vcenter:write');
  const [form, setForm] = useState<'add' | 'import' | null>(null);
  const close = () => setForm(null);
  const doors = mayWrite && (
    <div className="row">
      {form !== 'import' && (
        <Button variant="default" onClick={() => setForm('import')}>
          Import an RVTools export
        </Button>
      )}
      {form !== 'add' && <Button onClick={() => setForm('add')}>Add a vCenter</Button>}
    </div>
  );
  return (
    <Page title="vCenters" aside={doors}>
      {form === 'add' && <VcenterForm onAdded={close} />}
      {form === 'import' && <ImportForm onClose={close} />}
      <Loaded query={fleet} label="Loading the vCenters">
        {({ vcenters }) =>
          vcenters.length === 0 ? (
            <Empty title="No vCenter yet">
              Without a map nobody knows what lies on a LUN, so every LUN on a shared bus counts as VMFS with unknown
              contents. Add a vCenter with a read-only account, or import an export of RVTools.
            </Empty>
          ) : (
            <VcenterTable vcenters={vcenters} mayWrite={mayWrite} />
          )
        }
      </Loaded>
    </Page>
  );
}
