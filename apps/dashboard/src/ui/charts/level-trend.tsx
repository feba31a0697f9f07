import { type Level, levelLabels, type TrendPoint } from '@lunwarden/contract';
import { Area, AreaChart, CartesianGrid, Legend, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';

/** Worst at the baseline, where changes are easiest to see. */
const stack: readonly Level[] = ['critical', 'high', 'unknown', 'medium', 'low', 'minimal'];
const isStrong = (level: Level) => level === 'critical' || level === 'high';

/** Hosts per level, a point a day, stacked. Comes with a table of the same numbers; loaded only when it is shown. */
export function LevelTrend({ points }: { points: readonly TrendPoint[] }) {
  return (
    <ResponsiveContainer width="100%" height={260} initialDimension={{ width: 480, height: 260 }}>
      <AreaChart
        data={[...points]}
        margin={{ top: 8, right: 8, bottom: 0, left: -16 }}
        title="Hosts per level"
        desc="Stacked area, one point a day. The same numbers are in the table behind the switch Show as table."
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="date" tick={{ fill: 'var(--dim)', fontSize: 12 }} stroke="var(--line-strong)" minTickGap={40} />
        <YAxis allowDecimals={false} tick={{ fill: 'var(--dim)', fontSize: 12 }} stroke="var(--line-strong)" />
        <Tooltip
          isAnimationActive={false}
          contentStyle={{ background: 'var(--page)', border: '1px solid var(--line-strong)', color: 'var(--text)' }}
          itemStyle={{ color: 'var(--text)' }}
        />
        <Legend itemSorter={null} formatter={(name) => <span style={{ color: 'var(--text)' }}>{name}</span>} />
        {stack.map((level) => (
          <Area
            key={level}
            type="linear"
            stackId="hosts"
            name={levelLabels[level]}
            dataKey={(point: TrendPoint) => point.levels[level]}
            fill={`var(--sev-${level}-fill)`}
            fillOpacity={isStrong(level) ? 1 : 0.55}
            stroke={`var(--sev-${level}-text)`}
            strokeWidth={1.5}
            strokeDasharray={level === 'unknown' ? '4 3' : undefined}
            isAnimationActive={false}
            dot={false}
          />
        ))}
      </AreaChart>
    </ResponsiveContainer>
  );
}
