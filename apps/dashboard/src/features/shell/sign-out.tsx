import type { SessionInfo } from '@lunwarden/contract';
import { Button } from '@mantine/core';
import { useLogout } from '../../data/actions.js';

export function SignOut({ session }: { session: SessionInfo }) {
  const logout = useLogout();
  return (
    <>
      <span className="dim">
        {session.username} ({session.role})
      </span>
      <Button size="compact-sm" variant="default" loading={logout.isPending} onClick={() => logout.mutate()}>
        Sign out
      </Button>
      {logout.error !== null && (
        <span role="alert" className="bar sev-high">
          {logout.error.message}
        </span>
      )}
    </>
  );
}
