import { useQuery } from '@tanstack/react-query';
import { findingsQuery, hostFindingsQuery } from '../data/findings.js';
import { useFleetView } from '../data/fleet-view.js';
import { useMay } from '../data/session.js';
import { FindingGroups } from '../features/work/finding-groups.js';
import { WorkPanel } from '../features/work/work-panel.js';
import { Empty, Loaded, Page } from '../ui/page.js';

export function ActionsPage() {
  const groups = useQuery({ ...findingsQuery, refetchInterval: 60_000 });
  const hosts = useFleetView().data?.hosts ?? [];
  return (
    <Page title="Actions">
      <p className="dim prose">
        What is found and not proven fixed, the gravest first. Only a newer report verifies a fix; accepting a risk
        changes neither the score nor the gate.
      </p>
      <Loaded query={groups} label="Loading the findings" lines={10}>
        {(list) =>
          list.length === 0 ? (
            <Empty title="Nothing to do">
              No finding stands open on the {hosts.length} hosts that were judged. What nobody could read counts in the
              risk of its host, not here.
            </Empty>
          ) : (
            <FindingGroups
              groups={list}
              hosts={hosts}
              workOf={(hostId, rule) => <HostWork hostId={hostId} rule={rule} />}
            />
          )
        }
      </Loaded>
    </Page>
  );
}

function HostWork({ hostId, rule }: { hostId: string; rule: string }) {
  const findings = useQuery(hostFindingsQuery(hostId));
  const mayWrite = useMay('finding:write');
  return (
    <Loaded query={findings} label="Loading the work" lines={1}>
      {(list) => {
        const work = list.find((one) => one.rule === rule);
        return work === undefined ? (
          <p className="dim">Nothing is recorded.</p>
        ) : (
          <WorkPanel work={work} mayWrite={mayWrite} />
        );
      }}
    </Loaded>
  );
}
