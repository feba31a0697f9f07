import { Link } from '@tanstack/react-router';
import { Empty } from '../../ui/page.js';

/** An empty fleet: the three steps to the first verdict. */
export function Onboarding({ hasVcenter }: { hasVcenter: boolean }) {
  return (
    <Empty title="No proxy has reported yet">
      <ol className="stack">
        <li>
          <Link to="/setup/vcenters">Add a vCenter</Link> with a read-only account, so that LUNs get datastore and VM
          names. {hasVcenter && <strong>Done.</strong>}
        </li>
        <li>
          <Link to="/setup/tokens">Make an enrolment token</Link> and copy its install command.
        </li>
        <li>
          Run the command on a backup proxy. It reads, it changes nothing; the first report appears here by itself.
        </li>
      </ol>
    </Empty>
  );
}
