import { useQuery } from '@tanstack/react-query';
import { weeklyListQuery } from '../data/queries.js';
import { WeeklyList } from '../features/reports/weekly-list.js';
import { Loaded, Page } from '../ui/page.js';

export function ReportsPage() {
  return (
    <Page title="Weekly reports">
      <Loaded query={useQuery(weeklyListQuery)} label="Loading the weekly reports">
        {(weeks) => <WeeklyList weeks={weeks} />}
      </Loaded>
    </Page>
  );
}
