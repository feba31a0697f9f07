import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { use, useState } from 'react';
import { useHostGate, windowsQuery } from '../data/gate.js';
import { Runbook } from '../features/host/runbook.js';
import { NowContext } from '../ui/instant.js';
import { Empty, Loaded } from '../ui/page.js';

/** The runbook of a host for the next window that it is in, or for another one. */
export function HostRunbook({ hostId }: { hostId: string }) {
  const windows = useQuery(windowsQuery);
  const [chosen, setChosen] = useState<string>();
  const now = use(NowContext);
  return (
    <Loaded query={windows} label="Loading the change windows" lines={4}>
      {(list) => {
        const own = list.filter(({ hostIds }) => hostIds === null || hostIds.includes(hostId));
        // The latest first, so the last that is not over is the next.
        const next = own.findLast(({ endsAt }) => Date.parse(endsAt) > now) ?? own[0];
        const windowId = chosen ?? next?.id;
        if (windowId === undefined)
          return (
            <Empty title="This host is in no change window" action={<Link to="/gate">To the change windows</Link>}>
              The steps belong to a window: they are those that its gate asks for.
            </Empty>
          );
        return (
          <div className="stack wide">
            <NativeSelect
              label="Change window"
              data={own.map(({ id, name }) => ({ value: id, label: name }))}
              value={windowId}
              onChange={(event) => setChosen(event.currentTarget.value)}
            />
            <Steps hostId={hostId} windowId={windowId} />
          </div>
        );
      }}
    </Loaded>
  );
}

function Steps({ hostId, windowId }: { hostId: string; windowId: string }) {
  return (
    <Loaded query={useHostGate(hostId, windowId)} label="Asking the gate" lines={8}>
      {(gate) => <Runbook gate={gate} />}
    </Loaded>
  );
}
