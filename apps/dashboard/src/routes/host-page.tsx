import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { hostFindingsQuery } from '../data/findings.js';
import { useHostView } from '../data/host-view.js';
import { hostQuery, hostVmsQuery } from '../data/queries.js';
import { useMay } from '../data/session.js';
import { BlastRadius } from '../features/host/blast-radius.js';
import { Drivers } from '../features/host/drivers.js';
import { Findings } from '../features/host/findings.js';
import { History } from '../features/host/history.js';
import { HostHead } from '../features/host/host-head.js';
import { Modes } from '../features/host/modes.js';
import { RawReport } from '../features/host/raw-report.js';
import { Warnings } from '../features/host/warnings.js';
import { warningsOf } from '../features/host/warnings-of.js';
import { WorkPanel } from '../features/work/work-panel.js';
import { Loaded, Page } from '../ui/page.js';
import { HostGateLine, HostRunbook } from './host-gate.js';
import { HostWhatIf } from './host-plans.js';
import { tabNames, tabs } from './host-tabs.js';

const route = getRouteApi('/hosts/$id');

export function HostPage() {
  const { id } = route.useParams();
  const query = useQuery(hostQuery(id));
  return (
    <Page title={query.data?.summary.hostname ?? 'Host'} aside={<Link to="/hosts">All hosts</Link>}>
      <Loaded query={query} label="Loading the host" lines={12}>
        {(detail) => <HostTabs detail={detail} />}
      </Loaded>
    </Page>
  );
}

function HostTabs({ detail: stored }: { detail: Parameters<typeof useHostView>[0] }) {
  const { detail, isExpired } = useHostView(stored);
  const { tab = 'why' } = route.useSearch();
  const navigate = useNavigate({ from: '/hosts/$id' });
  const vms = useQuery({ ...hostVmsQuery(detail.summary.hostId), enabled: tab === 'blast' });
  const mayWrite = useMay('finding:write');
  const mayAskGate = useMay('gate:read');
  const work = useQuery({ ...hostFindingsQuery(detail.summary.hostId), enabled: tab === 'why' });
  const workOf = (rule: string) => {
    const found = work.data?.find((one) => one.rule === rule);
    return found === undefined ? null : <WorkPanel work={found} mayWrite={mayWrite} />;
  };
  const open = (name: string | null) =>
    void navigate({
      search: ({ window, asks }) => ({ window, asks, tab: tabNames.find((known) => known === name) }),
      replace: true,
    });
  return (
    <>
      <HostHead summary={detail.summary} detail={detail.assessment.mode.detail} />
      {mayAskGate && <HostGateLine hostId={detail.summary.hostId} />}
      <Warnings warnings={warningsOf(detail.summary, isExpired)} />
      <Tabs value={tab} onChange={open} keepMounted={false}>
        <Tabs.List>
          {tabs.map(([name, label]) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="why" className="stack wide" pt={16}>
          <Loaded query={work} label="Loading the work on findings" lines={1}>
            {() => null}
          </Loaded>
          <Drivers assessment={detail.assessment} />
          <Findings
            findings={detail.assessment.findings}
            hasMap={detail.assessment.exposure.mapCollectedAt !== null}
            workOf={workOf}
          />
        </Tabs.Panel>
        <Tabs.Panel value="blast" pt={16}>
          <Loaded query={vms} label="Loading the VMs within reach" lines={2}>
            {() => null}
          </Loaded>
          <BlastRadius detail={detail} vms={vms.data} isExpired={isExpired} />
        </Tabs.Panel>
        <Tabs.Panel value="runbook" pt={16}>
          <HostRunbook hostId={detail.summary.hostId} />
        </Tabs.Panel>
        <Tabs.Panel value="modes" pt={16}>
          <Modes assessment={detail.assessment} />
        </Tabs.Panel>
        <Tabs.Panel value="whatif" pt={16}>
          <HostWhatIf summary={detail.summary} isExpired={isExpired} />
        </Tabs.Panel>
        <Tabs.Panel value="changes" pt={16}>
          <History history={detail.history} />
        </Tabs.Panel>
        <Tabs.Panel value="raw" pt={16}>
          <RawReport report={detail.report} receivedAt={detail.receivedAt} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
