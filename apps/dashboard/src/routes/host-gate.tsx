import type { ChangeWindow } from '@lunwarden/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, use } from 'react';
import { useServerNow } from '../data/context.js';
import { useHostGate, windowsQuery } from '../data/gate.js';
import { hostRunbookQuery } from '../data/plan.js';
import { welcomeQuery } from '../data/queries.js';
import { useMay } from '../data/session.js';
import { GateChoice, HostGateCard } from '../features/gate/host-gate-card.js';
import { chosenWindow, windowsOf } from '../features/gate/window-choice.js';
import { Runbook } from '../features/host/runbook.js';
import { TrapBox } from '../features/host/trap-box.js';
import { GateBadge } from '../ui/gate-badge.js';
import { Countdown, NowContext } from '../ui/instant.js';
import { Empty, Loaded } from '../ui/page.js';

const route = getRouteApi('/hosts/$id');

/** The window whose gate the page shows, from the address or the first that is open or opens next. */
function useChosenWindow(hostId: string) {
  const now = use(NowContext);
  const { window: asked } = route.useSearch();
  const windows = useQuery(windowsQuery);
  const own = windowsOf(windows.data ?? [], hostId, now);
  return { windows, own, window: chosenWindow(windows.data ?? [], own, asked) };
}

/** Every second, where seconds count. */
const Ticking = ({ children }: { children: ReactNode }) => (
  <NowContext value={useServerNow(1_000)}>{children}</NowContext>
);

/** The verdict of the gate in one line, on every tab. */
export function HostGateLine({ hostId }: { hostId: string }) {
  const { windows, window } = useChosenWindow(hostId);
  if (windows.data === undefined) return null;
  if (window === null) return <p className="dim">Patch gate: no change window for this host.</p>;
  return <GateLine hostId={hostId} window={window} />;
}

function GateLine({ hostId, window }: { hostId: string; window: ChangeWindow }) {
  const { asks = 'plan' } = route.useSearch();
  const { data: gate, error } = useHostGate(hostId, window.id, asks);
  if (gate === undefined && error === null) return <p className="dim">Patch gate: asking</p>;
  return (
    <p className="row" data-testid="gate-line">
      <span>
        Patch gate,{' '}
        <Link to="/gate/$id" params={{ id: window.id }}>
          {window.name}
        </Link>
        :
      </span>
      <GateBadge verdict={gate?.verdict ?? 'unknown'} />
      {gate === undefined ? (
        <span className="dim">{error?.message}</span>
      ) : (
        <span className="dim">
          holds for{' '}
          <Ticking>
            <Countdown at={gate.validUntil} />
          </Ticking>
        </span>
      )}
      <Link to="/hosts/$id" params={{ id: hostId }} search={{ tab: 'runbook', window: window.id }}>
        Why, and the runbook
      </Link>
    </p>
  );
}

/** Gate, traps and runbook: what people look at before they patch. */
export function HostRunbook({ hostId }: { hostId: string }) {
  const { windows, own, window } = useChosenWindow(hostId);
  const runbook = useQuery(hostRunbookQuery(hostId));
  return (
    <div className="stack wide">
      <section className="card stack wide" aria-labelledby="gate-title">
        <h2 id="gate-title">May it be patched</h2>
        <Loaded query={windows} label="Loading the change windows" lines={3}>
          {() =>
            window === null ? (
              <Empty title="No change window for this host" action={<Link to="/gate">To the change windows</Link>}>
                The gate speaks about a window: when this host is to be patched. The runbook below holds without one.
              </Empty>
            ) : (
              <Gate hostId={hostId} window={window} windows={own} />
            )
          }
        </Loaded>
      </section>
      <Loaded query={runbook} label="Loading the runbook" lines={9}>
        {(told) => (
          <>
            <TrapBox traps={told.traps} />
            <Runbook runbook={told} ticksOf={`${hostId} ${window?.id ?? 'no-window'}`} windowName={window?.name} />
          </>
        )}
      </Loaded>
    </div>
  );
}

type GateProps = { hostId: string; window: ChangeWindow; windows: readonly ChangeWindow[] };

function Gate({ hostId, window, windows }: GateProps) {
  const { asks = 'plan' } = route.useSearch();
  const navigate = useNavigate({ from: '/hosts/$id' });
  const query = useHostGate(hostId, window.id, asks);
  const mayWrite = useMay('gate:write');
  const username = useQuery(welcomeQuery).data?.session?.username ?? '';
  const go = (next: { window?: string; asks?: 'plan' | 'now' }) =>
    void navigate({ search: (search) => ({ ...search, ...next }), replace: true });
  return (
    <Ticking>
      <GateChoice
        windows={windows}
        window={window}
        asks={asks}
        isJudging={query.isFetching}
        onWindow={(id) => go({ window: id })}
        onAsks={(next) => go({ asks: next })}
        onAgain={() => void query.refetch()}
      />
      <Loaded query={query} label="Judging this host" lines={4}>
        {(gate) => <HostGateCard gate={gate} window={window} username={username} mayWrite={mayWrite} />}
      </Loaded>
    </Ticking>
  );
}
