import { levelLabels, levels, type TrendPoint } from '@lunwarden/contract';
import { ScrollBox } from '../../ui/scroll-box.js';
import classes from './trend-table.module.css';

/** The same numbers as the chart, newest first. */
export function TrendTable({ points }: { points: readonly TrendPoint[] }) {
  return (
    <ScrollBox label="Risk trend as a table" className={classes.box}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Day</th>
            {levels.map((level) => (
              <th scope="col" className="num" key={level}>
                {levelLabels[level]}
              </th>
            ))}
            <th scope="col" className="num">
              VMs at risk
            </th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.date}>
              <th scope="row">{point.date}</th>
              {levels.map((level) => (
                <td className="num" key={level}>
                  {point.levels[level]}
                </td>
              ))}
              <td className="num">{point.vmsAtRisk}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
