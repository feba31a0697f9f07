import { type HostSummary, levelLabels, modeLabels, patchExposures, transportModes } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { LevelIcon } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { matrixOf } from './fleet-figures.js';
import classes from './risk-matrix.module.css';

const modes = [...transportModes, 'unknown'] as const;

/** Transport mode x patch exposure. A cell looks like the worst host in it and leads to all of them. */
export function RiskMatrix({ hosts }: { hosts: readonly HostSummary[] }) {
  const cells = matrixOf(hosts);
  return (
    <section className="card stack" aria-labelledby="matrix-title">
      <h2 id="matrix-title">Transport mode × patch exposure</h2>
      <ScrollBox label="Matrix">
        <table className={`table ${classes.matrix}`}>
          <caption>Hosts; colour and shape are those of the worst host in the cell</caption>
          <thead>
            <tr>
              <th scope="col">Mode</th>
              {patchExposures.map((patch) => (
                <th scope="col" key={patch}>
                  {patch}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {modes.map((mode) => (
              <tr key={mode}>
                <th scope="row">{modeLabels[mode]}</th>
                {patchExposures.map((patch) => {
                  const cell = cells.get(`${mode}/${patch}`);
                  return (
                    <td key={patch}>
                      {cell === undefined ? (
                        <span className={classes.none}>0</span>
                      ) : (
                        <Link
                          to="/hosts"
                          search={{ mode, patch }}
                          className={`${classes.cell} sev-${cell.worst} ${cell.worst === 'unknown' ? 'hatch' : ''}`}
                          aria-label={`${cell.hosts} ${cell.hosts === 1 ? 'host' : 'hosts'}, ${modeLabels[mode]}, ${patch} patch exposure, worst: ${levelLabels[cell.worst]}`}
                        >
                          <LevelIcon level={cell.worst} />
                          {cell.hosts}
                        </Link>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
