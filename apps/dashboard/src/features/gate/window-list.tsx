import type { ChangeWindow } from '@lunwarden/contract';
import { Link } from '@tanstack/react-router';
import { use } from 'react';
import { useWindowActions } from '../../data/gate.js';
import { Confirm } from '../../ui/confirm.js';
import { leftText, NowContext } from '../../ui/instant.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { spanText } from './wall-time.js';

type Props = { windows: readonly ChangeWindow[]; mayWrite: boolean };

export function WindowList({ windows, mayWrite }: Props) {
  const { remove } = useWindowActions();
  const now = use(NowContext);
  return (
    <ScrollBox label="Change windows, table" className="card table-scroll">
      {remove.error !== null && (
        <p className="bar sev-critical" role="alert">
          {remove.error.message}
        </p>
      )}
      <table className="table">
        <caption>Change windows, the latest first</caption>
        <thead>
          <tr>
            <th scope="col">Window</th>
            <th scope="col">When</th>
            <th scope="col">State</th>
            <th scope="col">Hosts</th>
            <th scope="col">Stored by</th>
            {mayWrite && <th scope="col">Action</th>}
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => (
            <tr key={window.id} data-testid="window-row">
              <th scope="row">
                <Link to="/gate/$id" params={{ id: window.id }}>
                  {window.name}
                </Link>
              </th>
              <td className="sentence">{spanText(window)}</td>
              <td>{windowState(window, now)}</td>
              <td>{window.hostIds === null ? 'every host' : window.hostIds.length}</td>
              <td>{window.createdBy}</td>
              {mayWrite && (
                <td>
                  <Confirm label="Remove" title={`Remove ${window.name}?`} onConfirm={() => remove.mutate(window.id)}>
                    Nobody can ask its gate any more. Overrides that were recorded for it stay on record.
                  </Confirm>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** `opens in 3 hr`, `open, closes in 2 hr`, `over`. */
export function windowState({ startsAt, endsAt }: Pick<ChangeWindow, 'startsAt' | 'endsAt'>, now: number): string {
  if (now < Date.parse(startsAt)) return `opens ${leftText(Date.parse(startsAt) - now)}`;
  const left = Date.parse(endsAt) - now;
  return left > 0 ? `open, closes ${leftText(left)}` : 'over';
}
