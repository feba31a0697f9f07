import { levelLabels, levels, routes, type WeeklyListItem } from '@lunwarden/contract';
import { addressOf } from '../../data/api.js';
import { Ago } from '../../ui/instant.js';
import { Empty } from '../../ui/page.js';
import { ScrollBox } from '../../ui/scroll-box.js';

export function WeeklyList({ weeks }: { weeks: readonly WeeklyListItem[] }) {
  if (weeks.length === 0) {
    return (
      <Empty title="No week has been closed yet">
        A snapshot is taken when a week ends, Monday 00:00 in the time zone of the server. It is never changed
        afterwards.
      </Empty>
    );
  }
  return (
    <ScrollBox label="Weeks, table" className="table-scroll card">
      <table className="table">
        <caption>Weekly snapshots, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Week</th>
            <th scope="col">Taken</th>
            {levels.map((level) => (
              <th scope="col" className="num" key={level}>
                {levelLabels[level]}
              </th>
            ))}
            <th scope="col" className="num">
              VMs at risk
            </th>
            <th scope="col">Report</th>
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <Week key={week.week} week={week} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Week({ week }: { week: WeeklyListItem }) {
  const params = { week: week.week };
  return (
    <tr data-testid="week-row">
      <th scope="row">{week.week}</th>
      <td>
        <Ago at={week.takenAt} />
      </td>
      {levels.map((level) => (
        <td className="num" key={level}>
          {week.levels[level]}
        </td>
      ))}
      <td className="num">{week.vmsAtRisk}</td>
      <td>
        <span className="row">
          <a href={addressOf(routes.weeklyHtml, { params })} target="_blank" rel="noreferrer">
            Open<span className="visually-hidden"> {week.week} in a new tab</span>
          </a>
          <a href={addressOf(routes.weeklyHtml, { params })} download={`lunwarden-${week.week}.html`}>
            HTML<span className="visually-hidden"> of {week.week}</span>
          </a>
          <a href={addressOf(routes.weeklyCsv, { params })} download={`lunwarden-${week.week}.csv`}>
            CSV<span className="visually-hidden"> of {week.week}</span>
          </a>
        </span>
      </td>
    </tr>
  );
}
