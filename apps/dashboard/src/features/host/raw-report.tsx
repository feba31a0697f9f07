import type { HostDetail } from '@lunwarden/contract';
import { Copy } from '../../ui/copy.js';
import { Ago } from '../../ui/instant.js';
import { Empty } from '../../ui/page.js';
import { ScrollBox } from '../../ui/scroll-box.js';

/** The report as it came: whoever doubts a number can look at what was read. */
export function RawReport({ report, receivedAt }: Pick<HostDetail, 'report' | 'receivedAt'>) {
  if (report === null) return <Empty title="This host never reported" />;
  const text = JSON.stringify(report, null, 2);
  return (
    <section className="stack" aria-label="Raw report">
      <div className="row spread">
        <p className="dim">
          Report {report.reportId}, received <Ago at={receivedAt} />, by {report.collector.name}{' '}
          {report.collector.version}
        </p>
        <Copy text={text} label="Copy JSON" />
      </div>
      <ScrollBox label="Report as JSON" className="raw">
        <pre>{text}</pre>
      </ScrollBox>
    </section>
  );
}
