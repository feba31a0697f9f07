import type { Assessment, Driver, Level } from '@lunwarden/contract';
import { Evidence } from '../../ui/evidence.js';
import { LevelIcon } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';

const icons: Record<Driver['state'], Level> = { bad: 'critical', unknown: 'unknown', good: 'minimal' };
const words: Record<Driver['state'], string> = { bad: 'Raises risk', unknown: 'Unknown, counted as bad', good: 'Good' };

const rank: Record<Driver['state'], number> = { bad: 0, unknown: 1, good: 2 };

/** The factors of the score, those that would help most on top. */
export function Drivers({ assessment }: { assessment: Assessment }) {
  const drivers = [...assessment.drivers].sort((a, b) => a.ifFixed - b.ifFixed || rank[a.state] - rank[b.state]);
  return (
    <section className="card stack" aria-labelledby="drivers-title">
      <h2 id="drivers-title">Why {Math.round(assessment.score)}</h2>
      <p className="dim prose">
        “If fixed” is the score computed again with that factor alone made safe (policy {assessment.policyVersion}).
        {assessment.floors.length > 0 && ` Floors in force: ${assessment.floors.join(', ')}.`}
        {assessment.missing.length > 0 && ` Not known: ${assessment.missing.join(', ')}.`}
      </p>
      <ScrollBox label="Factors, table">
        <table className="table" aria-labelledby="drivers-title">
          <thead>
            <tr>
              <th scope="col">Factor</th>
              <th scope="col">Value</th>
              <th scope="col">State</th>
              <th scope="col" className="num">
                If fixed
              </th>
              <th scope="col">Evidence</th>
            </tr>
          </thead>
          <tbody>
            {drivers.map((driver) => (
              <tr key={driver.factor}>
                <th scope="row">{driver.label}</th>
                <td className="sentence">{driver.value}</td>
                <td>
                  <span className="nowrap">
                    <LevelIcon level={icons[driver.state]} /> {words[driver.state]}
                  </span>
                </td>
                <td className="num nowrap">{gainText(assessment.score, driver.ifFixed)}</td>
                <td>
                  <Evidence evidence={driver.evidence} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}

/** `81 (−11)`: the score and the way to it. */
export function gainText(score: number, ifFixed: number): string {
  const gain = Math.round((ifFixed - score) * 10) / 10;
  if (gain === 0) return 'no change';
  return `${Math.round(ifFixed * 10) / 10} (${gain > 0 ? '+' : '−'}${Math.abs(gain)})`;
}
