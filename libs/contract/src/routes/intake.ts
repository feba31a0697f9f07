import { EnrollReceipt, EnrollRequest } from '../access.js';
import { ProxyReport, ReportReceipt } from '../proxy-report.js';
import type { Route } from './route.js';

/** What collectors call. */
export const intakeRoutes = {
  enroll: {
    method: 'POST',
    path: '/api/v1/enroll',
    permission: 'agent:enroll',
    summary: 'Trade an enrolment token for a key of this host',
    body: EnrollRequest,
    answers: { 201: EnrollReceipt },
  },
  report: {
    method: 'POST',
    path: '/api/v1/reports',
    permission: 'agent:report',
    summary: 'Hand in a report (gzip or plain JSON)',
    body: ProxyReport,
    answers: { 200: ReportReceipt, 202: ReportReceipt },
  },
} as const satisfies Record<string, Route>;
