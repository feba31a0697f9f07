import { z } from 'zod';
import { WeeklyListItem, WeeklyReport } from '../weekly.js';
import { week } from './params.js';
import type { Route } from './route.js';

/** What is exported every week. */
export const weeklyRoutes = {
  listWeekly: {
    method: 'GET',
    path: '/api/v1/weekly',
    permission: 'report:read',
    summary: 'Weekly snapshots, newest first',
    answers: { 200: z.array(WeeklyListItem) },
  },
  weekly: {
    method: 'GET',
    path: '/api/v1/weekly/:week',
    permission: 'report:read',
    summary: 'One week and its difference to the week before',
    params: week,
    answers: { 200: WeeklyReport },
  },
  weeklyHtml: {
    method: 'GET',
    path: '/api/v1/weekly/:week/report.html',
    permission: 'report:read',
    summary: 'The weekly report as one self-contained page',
    params: week,
    answers: { 200: 'text/html' },
  },
  weeklyCsv: {
    method: 'GET',
    path: '/api/v1/weekly/:week/report.csv',
    permission: 'report:read',
    summary: 'The hosts of a week as CSV',
    params: week,
    answers: { 200: 'text/csv' },
  },
} as const satisfies Record<string, Route>;
