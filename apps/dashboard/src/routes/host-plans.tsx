import type { HostSummary } from '@lunwarden/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { isOutlived, switchesOf, whatIfQuery } from '../data/plan.js';
import { WhatIfSwitches, WhatIfTable } from '../features/host/what-if.js';
import { Copy } from '../ui/copy.js';
import { Loaded } from '../ui/page.js';

const route = getRouteApi('/hosts/$id');

type WhatIfProps = { summary: HostSummary; isExpired: boolean };

export function HostWhatIf({ summary, isExpired }: WhatIfProps) {
  const { tab, window: windowId, asks, ...query } = route.useSearch();
  const navigate = useNavigate({ from: '/hosts/$id' });
  const answer = useQuery(whatIfQuery(summary.hostId, query));
  return (
    <div className="stack wide">
      <WhatIfSwitches
        query={query}
        onQuery={(next) =>
          void navigate({ search: { tab, window: windowId, asks, ...switchesOf(next) }, replace: true })
        }
      />
      <Loaded query={answer} label="Running the scorer again" lines={4}>
        {(said) =>
          isOutlived(said.evaluatedAt, summary, isExpired) ? (
            <p className="bar sev-unknown hatch">
              The facts behind this answer are too old: it may not be read any more.
            </p>
          ) : (
            <WhatIfTable answer={said} isAsking={answer.isPlaceholderData} />
          )
        }
      </Loaded>
      <div>
        <Copy text={window.location.href} label="Copy link to this scenario" />
      </div>
    </div>
  );
}
