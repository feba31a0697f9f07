import type { HostSummary } from '@lunwarden/contract';
import { SegmentedControl, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { use, useMemo, useState } from 'react';
import { DataContext } from '../../data/context.js';
import { trendQuery, trendWeeks } from '../../data/queries.js';
import { useThrottled } from '../../data/use-throttled.js';
import { Late } from '../../ui/late.js';
import { Loaded } from '../../ui/page.js';
import classes from './trend-card.module.css';
import { withToday } from './trend-series.js';
import { TrendTable } from './trend-table.js';

const loadChart = async () => (await import('../../ui/charts/level-trend.js')).LevelTrend;

export function TrendCard({ hosts, vmsAtRisk }: { hosts: readonly HostSummary[]; vmsAtRisk: number }) {
  const [weeks, setWeeks] = useState<(typeof trendWeeks)[number]>('8');
  const [isTable, setTable] = useState(false);
  const trend = useQuery(trendQuery(weeks));
  return (
    <section className="card stack" aria-labelledby="trend-title">
      <div className="row spread">
        <h2 id="trend-title">Risk trend</h2>
        <div className="row">
          <SegmentedControl
            size="xs"
            aria-label="Weeks shown"
            data={trendWeeks.map((value) => ({ value, label: `${value} w` }))}
            value={weeks}
            onChange={(value) => setWeeks(trendWeeks.find((known) => known === value) ?? '8')}
          />
          <Switch
            size="sm"
            label="Show as table"
            checked={isTable}
            onChange={(event) => setTable(event.currentTarget.checked)}
          />
        </div>
      </div>
      <div className={classes.plot}>
        <Loaded query={trend} label="Loading the trend" lines={7}>
          {(points) => <Trend points={points} now={{ hosts, vmsAtRisk }} isTable={isTable} />}
        </Loaded>
      </div>
    </section>
  );
}

type Now = Parameters<typeof withToday>[2];

function Trend(props: { points: Parameters<typeof withToday>[0]; now: Now; isTable: boolean }) {
  const { clock } = use(DataContext);
  // A chart costs tens of milliseconds, so it follows the stream at a distance.
  const hosts = useThrottled(props.now.hosts, 2000);
  const vmsAtRisk = useThrottled(props.now.vmsAtRisk, 2000);
  const series = useMemo(
    () => withToday(props.points, new Date(clock.now()).toISOString().slice(0, 10), { hosts, vmsAtRisk }),
    [props.points, hosts, vmsAtRisk, clock],
  );
  if (props.isTable) return <TrendTable points={series} />;
  return (
    <Late name="The chart" load={loadChart} instead={<TrendTable points={series} />}>
      {(Chart) => (
        <>
          <Chart points={series} />
          {series.length === 1 && <p className="dim">The trend begins today: a point is added each day.</p>}
        </>
      )}
    </Late>
  );
}
