import { useQuery } from '@tanstack/react-query';
import { policyQuery } from '../data/policy.js';
import { useMay } from '../data/session.js';
import { ChangeList } from '../features/policy/change-list.js';
import { ConstantTable } from '../features/policy/constant-table.js';
import { groupsOf } from '../features/policy/constant-words.js';
import { Loaded, Page } from '../ui/page.js';

export function PolicyPage() {
  const policy = useQuery(policyQuery);
  const mayWrite = useMay('policy:write');
  return (
    <Page title="Policy">
      <Loaded query={policy} label="Loading the policy" lines={8}>
        {({ version, standardVersion, constants, changes }) => (
          <>
            <p data-testid="policy-version">
              Verdicts are made by policy <strong className="mono">{version}</strong>
              {version === standardVersion
                ? ', which is ours.'
                : `: ours of ${standardVersion} with what was set here.`}
            </p>
            <p className="dim prose">
              The constants are judgement, not measurement. A site may set them within bounds: what is old never looks
              new, and a worse state never weighs less than a better one. Each change is on record, and every host is
              judged again.
            </p>
            {groupsOf(constants).map((group) => (
              <ConstantTable key={group.title} {...group} mayWrite={mayWrite} />
            ))}
            <section className="card stack">
              <h2 id="policy-changes">Changes</h2>
              <ChangeList changes={changes} />
            </section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
