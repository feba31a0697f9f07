import { useQuery } from '@tanstack/react-query';
import { feedsQuery } from '../data/feeds.js';
import { useMay } from '../data/session.js';
import { FeedForm } from '../features/feeds/feed-form.js';
import { FeedTable } from '../features/feeds/feed-table.js';
import { Loaded, Page } from '../ui/page.js';

export function FeedsPage() {
  const feeds = useQuery({
    ...feedsQuery,
    refetchInterval: ({ state }) => (state.data?.some(({ importing }) => importing !== null) ? 1_000 : 10_000),
  });
  const mayWrite = useMay('feeds:write');
  return (
    <Page title="Feeds">
      <Loaded query={feeds} label="Loading the feeds">
        {(list) => <FeedTable feeds={list} />}
      </Loaded>
      {mayWrite && <FeedForm />}
    </Page>
  );
}
