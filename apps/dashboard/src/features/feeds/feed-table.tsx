import type { FeedStatus } from '@lunwarden/contract';
import { Ago, Until } from '../../ui/instant.js';
import { LevelIcon } from '../../ui/level-badge.js';
import { ScrollBox } from '../../ui/scroll-box.js';
import { feedLabels, feedStates, originWords, progressText } from './feed-words.js';

export function FeedTable({ feeds }: { feeds: readonly FeedStatus[] }) {
  return (
    <ScrollBox label="Feeds, table" className="card table-scroll">
      <table className="table">
        <caption>What is known from outside, and how old it is</caption>
        <thead>
          <tr>
            <th scope="col">Feed</th>
            <th scope="col">State</th>
            <th scope="col">Of</th>
            <th scope="col">Goes stale</th>
            <th scope="col">Imported</th>
            <th scope="col" className="num">
              Entries
            </th>
          </tr>
        </thead>
        <tbody>
          {feeds.map((feed) => (
            <tr key={feed.kind} data-testid="feed-row" className={feed.state === 'fresh' ? '' : 'sev-unknown hatch'}>
              <th scope="row">{feedLabels[feed.kind]}</th>
              <td>
                <span className="row">
                  <LevelIcon level={feedStates[feed.state].level} />
                  {feedStates[feed.state].word}
                </span>
                {feed.importing !== null && <p role="status">{progressText(feed.importing)}</p>}
                {feed.nextStep !== null && <p className="dim">{feed.nextStep}</p>}
              </td>
              <td>
                <Ago at={feed.asOf} never="no date" />
              </td>
              <td>{feed.staleAt === null ? <span className="dim">–</span> : <Until at={feed.staleAt} />}</td>
              <td>
                <Ago at={feed.importedAt} /> <span className="dim">{originWords[feed.origin]}</span>
              </td>
              <td className="num">{feed.entries}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
