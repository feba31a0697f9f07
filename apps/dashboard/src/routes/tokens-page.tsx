import { useQuery } from '@tanstack/react-query';
import { tokensQuery } from '../data/queries.js';
import { useMay } from '../data/session.js';
import { TokenForm } from '../features/tokens/token-form.js';
import { TokenTable } from '../features/tokens/token-table.js';
import { Empty, Loaded, Page } from '../ui/page.js';

export function TokensPage() {
  const mayWrite = useMay('enroll:write');
  return (
    <Page title="Enrolment">
      {mayWrite ? (
        <Allowed />
      ) : (
        <Empty title="Only an administrator enrols hosts">Ask one for a token; a viewer can see everything else.</Empty>
      )}
    </Page>
  );
}

function Allowed() {
  const tokens = useQuery(tokensQuery);
  return (
    <>
      <TokenForm />
      <Loaded query={tokens} label="Loading the tokens">
        {(list) =>
          list.length === 0 ? (
            <Empty title="No token yet">A token lets a number of hosts trade it for a key of their own.</Empty>
          ) : (
            <TokenTable tokens={list} />
          )
        }
      </Loaded>
    </>
  );
}
