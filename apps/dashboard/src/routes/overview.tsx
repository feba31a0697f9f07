import { createRoute } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type FleetView, useFleetView } from '../data/fleet-view.js';
import { sorted, worstFirst } from '../data/hosts-order.js';
import { CoverageStrip } from '../features/fleet/coverage-strip.js';
import { KpiTiles } from '../features/fleet/kpi-tiles.js';
import { Onboarding } from '../features/fleet/onboarding.js';
import { RiskMatrix } from '../features/fleet/risk-matrix.js';
import { VerdictLine } from '../features/fleet/verdict-line.js';
import { WorstHosts } from '../features/fleet/worst-hosts.js';
import { TrendCard } from '../features/trend/trend-card.js';
import { Loaded, Page } from '../ui/page.js';
import { rootRoute } from './root.js';

function Overview() {
  const fleet = useFleetView();
  return (
    <Page title="Overview">
      <Loaded query={fleet} label="Loading the fleet" lines={12}>
        {(view) =>
          view.hosts.length === 0 ? <Onboarding hasVcenter={view.vcenters.length > 0} /> : <Fleet view={view} />
        }
      </Loaded>
    </Page>
  );
}

function Fleet({ view }: { view: FleetView }) {
  const worst = useMemo(() => sorted(view.hosts, worstFirst), [view.hosts]);
  return (
    <>
      <VerdictLine hosts={view.hosts} gaps={view.gaps} />
      <KpiTiles hosts={view.hosts} vmsAtRisk={view.vmsAtRisk} />
      <div className="columns">
        <TrendCard hosts={view.hosts} vmsAtRisk={view.vmsAtRisk.count} />
        <RiskMatrix hosts={view.hosts} />
      </div>
      <div className="columns uneven">
        <WorstHosts hosts={worst} />
        <CoverageStrip vcenters={view.vcenters} />
      </div>
    </>
  );
}

export const overviewRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: Overview });
