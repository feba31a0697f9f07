import type { EnrollTokenInfo } from '@lunwarden/contract';
import { use } from 'react';
import { useTokenActions } from '../../data/actions.js';
import { Confirm } from '../../ui/confirm.js';
import { Ago, absoluteText, NowContext } from '../../ui/instant.js';
import { ScrollBox } from '../../ui/scroll-box.js';

export function TokenTable({ tokens }: { tokens: readonly EnrollTokenInfo[] }) {
  const { revoke } = useTokenActions();
  const now = use(NowContext);
  return (
    <ScrollBox label="Tokens, table" className="card table-scroll">
      {revoke.error !== null && (
        <p className="bar sev-critical" role="alert">
          {revoke.error.message}
        </p>
      )}
      <table className="table">
        <caption>Tokens, without their secret</caption>
        <thead>
          <tr>
            <th scope="col">Label</th>
            <th scope="col">Made</th>
            <th scope="col">Expires</th>
            <th scope="col" className="num">
              Used
            </th>
            <th scope="col">Action</th>
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => (
            <tr key={token.id} data-testid="token-row">
              <th scope="row">{token.label}</th>
              <td>
                <Ago at={token.createdAt} />
              </td>
              <td>
                {absoluteText(token.expiresAt)}
                {Date.parse(token.expiresAt) <= now && ', expired'}
              </td>
              <td className="num">
                {token.uses} of {token.maxUses}
              </td>
              <td>
                <Confirm label="Revoke" title={`Revoke ${token.label}?`} onConfirm={() => revoke.mutate(token.id)}>
                  No further host can enrol with it. Hosts that already did keep their own key.
                </Confirm>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
