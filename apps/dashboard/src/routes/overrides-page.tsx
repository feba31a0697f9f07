import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { use } from 'react';
import { overridesQuery, windowsQuery } from '../data/gate.js';
import { welcomeQuery } from '../data/queries.js';
import { useMay } from '../data/session.js';
import { OverrideTable } from '../features/gate/override-list.js';
import { isOpen, overrideAt } from '../features/gate/override-words.js';
import { NowContext } from '../ui/instant.js';
import { Empty, Loaded, Page } from '../ui/page.js';
import { OverridesSearch } from './overrides-search.js';

const route = getRouteApi('/overrides');

export function OverridesPage() {
  const overrides = useQuery(overridesQuery);
  const windows = useQuery(windowsQuery);
  const { show = 'open' } = route.useSearch();
  const navigate = useNavigate({ from: '/overrides' });
  const mayWrite = useMay('gate:write');
  const username = useQuery(welcomeQuery).data?.session?.username ?? '';
  const now = use(NowContext);
  return (
    <Page title="Overrides" aside={<Link to="/gate">Patch gate</Link>}>
      <Loaded query={overrides} label="Loading the overrides">
        {({ overrides: all, total }) => {
          const open = all.filter((override) => isOpen(overrideAt(override, now)));
          const shown = show === 'open' ? open : all;
          return (
            <>
              <div className="row spread">
                <SegmentedControl
                  aria-label="Which overrides"
                  data={[
                    { value: 'open', label: `Open ${open.length}` },
                    { value: 'all', label: `All ${total}` },
                  ]}
                  value={show}
                  onChange={(value) => void navigate({ search: OverridesSearch.parse({ show: value }), replace: true })}
                />
                {all.length < total && show === 'all' && (
                  <span className="dim">
                    the newest {all.length} of {total}
                  </span>
                )}
              </div>
              {shown.length === 0 ? (
                <Empty title={total === 0 ? 'No override yet' : 'No override is open'}>
                  An override is asked for at the gate of a host whose verdict is no-go or unknown; a second
                  administrator must agree. It changes no verdict: it says who takes the risk, until when and why.
                </Empty>
              ) : (
                <OverrideTable overrides={shown} windows={windows.data ?? []} username={username} mayWrite={mayWrite} />
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
