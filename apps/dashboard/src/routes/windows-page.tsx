import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useFleetView } from '../data/fleet-view.js';
import { windowsQuery } from '../data/gate.js';
import { useMay } from '../data/session.js';
import { WindowForm } from '../features/gate/window-form.js';
import { WindowList } from '../features/gate/window-list.js';
import { Empty, Loaded, Page } from '../ui/page.js';

export function WindowsPage() {
  const windows = useQuery(windowsQuery);
  const fleet = useFleetView();
  const mayWrite = useMay('gate:write');
  const navigate = useNavigate();
  const [isAdding, setAdding] = useState(false);
  const add = mayWrite && !isAdding && <Button onClick={() => setAdding(true)}>New window</Button>;
  return (
    <Page title="Patch gate" aside={add}>
      {isAdding && (
        <Loaded query={fleet} label="Loading the hosts" lines={4}>
          {({ hosts }) => (
            <WindowForm hosts={hosts} onMade={(id) => void navigate({ to: '/gate/$id', params: { id } })} />
          )}
        </Loaded>
      )}
      <Loaded query={windows} label="Loading the change windows">
        {(list) =>
          list.length === 0 ? (
            <Empty title="No change window yet">
              A window says when which hosts are to be patched. Its gate then says of each of them whether that may be
              done, and what stands against it.
            </Empty>
          ) : (
            <WindowList windows={list} mayWrite={mayWrite} />
          )
        }
      </Loaded>
    </Page>
  );
}
