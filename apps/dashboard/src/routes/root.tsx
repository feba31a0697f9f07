import { useQuery } from '@tanstack/react-query';
import { createRootRoute, type ErrorComponentProps, Link, Outlet } from '@tanstack/react-router';
import { use, useEffect } from 'react';
import { DataContext, useServerNow } from '../data/context.js';
import { welcomeQuery } from '../data/queries.js';
import { Layout } from '../features/shell/layout.js';
import { NowContext } from '../ui/instant.js';
import { Late } from '../ui/late.js';
import { Empty, ErrorBar, Loading, Page } from '../ui/page.js';
import { Broken } from './broken.js';

// Most visits come with a session and never see these two.
const loadLogin = async () => (await import('../features/access/login-form.js')).LoginForm;
const loadSetup = async () => (await import('../features/access/setup-form.js')).SetupForm;

/** The door: who is not signed in sees the login at every address, and afterwards what was asked for. */
function Root() {
  const welcome = useQuery(welcomeQuery);
  const now = useServerNow();
  const session = welcome.data?.session ?? null;
  if (welcome.data === undefined) {
    return (
      <main className="narrow">
        {welcome.error === null ? (
          <Loading label="Asking the server who is signed in" lines={3} />
        ) : (
          <ErrorBar error={welcome.error} onRetry={() => void welcome.refetch()} isRetrying={welcome.isFetching} />
        )}
      </main>
    );
  }
  if (welcome.data.needsSetup) {
    return (
      <Late name="The form of the first administrator" load={loadSetup}>
        {(SetupForm) => <SetupForm />}
      </Late>
    );
  }
  if (session === null) {
    return (
      <Late name="The login" load={loadLogin}>
        {(LoginForm) => <LoginForm />}
      </Late>
    );
  }
  return (
    <NowContext value={now}>
      <SignedIn key={session.username} />
      <Layout session={session} version={welcome.data.version}>
        <Outlet />
      </Layout>
    </NowContext>
  );
}

/** The stream lives as long as a person is signed in. */
function SignedIn() {
  const { live } = use(DataContext);
  useEffect(() => live.start(), [live]);
  return null;
}

function NotFound() {
  return (
    <Page title="Not found">
      <Empty title="There is no such page" action={<Link to="/">To the overview</Link>}>
        The address may be of a host that was retired, or of another version of Lunwarden.
      </Empty>
    </Page>
  );
}

/** Not even the frame stands: the page brings its own landmark. */
const BrokenFrame = (failure: ErrorComponentProps) => (
  <main className="narrow">
    <Broken {...failure} />
  </main>
);

export const rootRoute = createRootRoute({ component: Root, notFoundComponent: NotFound, errorComponent: BrokenFrame });
