import type { ChangeWindow } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { use } from 'react';
import { Ago, NowContext, Until } from '../../ui/instant.js';
import { LevelIcon } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { OverrideActions } from './override-actions.js';
import { isOpen, type ListedOverride, overrideAt, overrideWords } from './override-words.js';

type Props = { overrides: readonly ListedOverride[]; windows: readonly ChangeWindow[] } & Person;
type Person = { username: string; mayWrite: boolean };

/** Who takes which risk, until when, and who agreed; the newest on top. */
export function OverrideTable({ overrides, windows, username, mayWrite }: Props) {
  const now = use(NowContext);
  const there = new Set(windows.map(({ id }) => id));
  return (
    <>
      <p className="dim">An override changes no verdict: it says who takes the risk.</p>
      <ScrollBox label="Overrides, table" className="card table-scroll">
        <table className="table">
          <caption className="visually-hidden">Overrides, the newest on top</caption>
          <thead>
            <tr>
              <th scope="col">Host</th>
              <th scope="col">State</th>
              <th scope="col">Window</th>
              <th scope="col">Reason</th>
              <th scope="col">Asked by</th>
              <th scope="col">Agreed by</th>
              <th scope="col">Runs out</th>
              {mayWrite && <th scope="col">Action</th>}
            </tr>
          </thead>
          <tbody>
            {overrides.map((stored) => {
              const override = overrideAt(stored, now);
              const { word, level } = overrideWords[override.state];
              return (
                <tr key={override.id} data-testid="override-row">
                  <th scope="row" className="nowrap">
                    <Link
                      to="/hosts/$id"
                      params={{ id: override.hostId }}
                      search={{ tab: 'runbook', window: override.windowId }}
                    >
                      {override.hostname}
                    </Link>
                  </th>
                  <td>
                    <span className="nowrap">
                      <LevelIcon level={level} /> {word}
                    </span>
                    {override.revokedBy !== null && (
                      <div className="dim">
                        by {override.revokedBy}, <Ago at={override.revokedAt} />
                      </div>
                    )}
                  </td>
                  <td>
                    {there.has(override.windowId) ? (
                      <Link to="/gate/$id" params={{ id: override.windowId }}>
                        {override.windowName}
                      </Link>
                    ) : (
                      `${override.windowName} (removed)`
                    )}
                  </td>
                  <td className="sentence">{override.reason}</td>
                  <td className="nowrap">
                    {override.requestedBy}, <Ago at={override.requestedAt} />
                  </td>
                  <td className="nowrap">
                    {override.approvedBy ?? <span className="dim">nobody</span>}
                    {override.approvedAt !== null && (
                      <>
                        , <Ago at={override.approvedAt} />
                      </>
                    )}
                  </td>
                  <td className="nowrap">
                    <Until at={override.expiresAt} />
                  </td>
                  {mayWrite && (
                    <td>
                      {isOpen(override) ? (
                        <OverrideActions override={override} hostname={override.hostname} username={username} />
                      ) : (
                        <span className="dim">none</span>
                      )}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </>
  );
}
