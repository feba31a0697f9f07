import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { use } from 'react';
import { useWindowGate, type WindowView } from '../data/gate.js';
import { welcomeQuery } from '../data/queries.js';
import { useMay } from '../data/session.js';
import { gatesInOrder } from '../features/gate/gate-figures.js';
import { GateTable } from '../features/gate/gate-table.js';
import { VerdictTiles } from '../features/gate/verdict-tiles.js';
import { spanText } from '../features/gate/wall-time.js';
import { windowState } from '../features/gate/window-list.js';
import { Ago, NowContext } from '../ui/instant.js';
import { Empty, Loaded, Page } from '../ui/page.js';
import { plural } from '../ui/plural.js';
import { GateSearch } from './gate-search.js';

const route = getRouteApi('/gate/$id');

export function GatePage() {
  const { id } = route.useParams();
  const { asks = 'plan' } = route.useSearch();
  const query = useWindowGate(id, asks);
  return (
    <Page title={query.data?.window.name ?? 'Patch gate'} aside={<Link to="/gate">All windows</Link>}>
      <Loaded query={query} label="Judging the hosts of this window" lines={12}>
        {(view) => (
          <WindowGate
            view={view}
            isWhole={query.isWhole}
            isJudging={query.isFetching}
            onAgain={() => void query.refetch()}
          />
        )}
      </Loaded>
    </Page>
  );
}

type Props = { view: WindowView; isWhole: boolean; isJudging: boolean; onAgain: () => void };

function WindowGate({ view, isWhole, isJudging, onAgain }: Props) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/gate/$id' });
  const onSearch = (next: GateSearch) => void navigate({ search: next, replace: true });
  const mayWrite = useMay('gate:write');
  const username = useQuery(welcomeQuery).data?.session?.username ?? '';
  const now = use(NowContext);
  const { window, hosts } = view;
  const words = (search.q ?? '').toLowerCase();
  const shown = gatesInOrder(hosts).filter(
    ({ verdict, hostname }) =>
      (search.verdict === undefined || verdict === search.verdict) && hostname.toLowerCase().includes(words),
  );
  return (
    <>
      <p>
        {spanText(window)} · {windowState(window, now)} ·{' '}
        {window.hostIds === null ? 'every host' : plural(hosts.length, 'host')}
      </p>
      <div className="row spread">
        <SegmentedControl
          aria-label="What is asked"
          data={[
            { value: 'plan', label: 'If nothing changes' },
            { value: 'now', label: 'Patch right now' },
          ]}
          value={search.asks ?? 'plan'}
          onChange={(asks) => onSearch({ ...search, asks: GateSearch.shape.asks.parse(asks) })}
        />
        <span className="row">
          <span className="dim" data-testid="judged">
            judged <Ago at={view.evaluatedAt} />
          </span>
          <Button size="xs" variant="default" loading={isJudging} onClick={onAgain}>
            Judge again
          </Button>
        </span>
      </div>
      <VerdictTiles
        gates={hosts}
        isWhole={isWhole}
        chosen={search.verdict}
        onChoose={(verdict) => onSearch({ ...search, verdict })}
      />
      <TextInput
        size="xs"
        type="search"
        aria-label="Search hosts of this window"
        placeholder="Search"
        value={search.q ?? ''}
        onChange={(event) => onSearch({ ...search, q: event.currentTarget.value || undefined })}
      />
      {shown.length === 0 ? (
        <Empty title={`0 of ${hosts.length} hosts match`} />
      ) : (
        <GateTable gates={shown} window={window} username={username} mayWrite={mayWrite} />
      )}
    </>
  );
}
