import { z } from 'zod';
import {
  EnrollReceipt,
  EnrollRequest,
  EnrollTokenCreated,
  EnrollTokenInfo,
  EnrollTokenRequest,
  LoginRequest,
  type Permission,
  SessionInfo,
  SetupRequest,
  Welcome,
} from './access.js';
import { FindingGroup, FindingUpdate, FindingWork, RuleName } from './finding-work.js';
import { FleetSnapshot, TrendPoint, VcenterStatus } from './fleet.js';
import {
  ChangeWindow,
  ChangeWindowRequest,
  GateAsks,
  GateOverride,
  GateOverrideRequest,
  HostGate,
  Preflight,
  WindowGates,
} from './gate.js';
import { HostDetail, VmsInReach } from './host-detail.js';
import { ProxyReport, ReportReceipt } from './proxy-report.js';
import { Text } from './text.js';
import { VcenterGaps, VcenterProbe, VcenterRequest } from './vcenter.js';
import { IsoWeek, WeeklyListItem, WeeklyReport } from './weekly.js';

type Route = {
  method: 'GET' | 'POST' | 'DELETE';
  /** Fastify's form: `:id` is a parameter. */
  path: `/api/v1/${string}`;
  permission: Permission;
  summary: string;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** Body of each 2xx answer; a string is the media type of one that is not JSON, null = no body. */
  answers: Record<number, z.ZodType | string | null>;
};

const id = z.strictObject({ id: z.uuid() });
const week = z.strictObject({ week: IsoWeek });

/** Every door of the API: the controllers, the guard, the dashboard's client and OpenAPI read this one table. */
export const routes = {
  health: {
    method: 'GET',
    path: '/api/v1/health',
    permission: 'public',
    summary: 'Is the process up and does its database answer',
    answers: { 200: z.strictObject({ status: z.enum(['ok', 'starting', 'down']), version: Text(32) }) },
  },
  openapi: {
    method: 'GET',
    path: '/api/v1/openapi.json',
    permission: 'public',
    summary: 'This document',
    answers: { 200: z.record(z.string(), z.unknown()) },
  },
  welcome: {
    method: 'GET',
    path: '/api/v1/welcome',
    permission: 'public',
    summary: 'Whether a first administrator is needed, and who is signed in',
    answers: { 200: Welcome },
  },
  setup: {
    method: 'POST',
    path: '/api/v1/setup',
    permission: 'setup',
    summary: 'Make the first administrator with the one-time code',
    body: SetupRequest,
    answers: { 201: SessionInfo },
  },
  login: {
    method: 'POST',
    path: '/api/v1/login',
    permission: 'public',
    summary: 'Sign in',
    body: LoginRequest,
    answers: { 200: SessionInfo },
  },
  logout: {
    method: 'POST',
    path: '/api/v1/logout',
    permission: 'fleet:read',
    summary: 'Sign out',
    answers: { 204: null },
  },

  listEnrollTokens: {
    method: 'GET',
    path: '/api/v1/enroll-tokens',
    permission: 'enroll:write',
    summary: 'Enrolment tokens, without their secret',
    answers: { 200: z.array(EnrollTokenInfo) },
  },
  createEnrollToken: {
    method: 'POST',
    path: '/api/v1/enroll-tokens',
    permission: 'enroll:write',
    summary: 'Make an enrolment token; it is shown once',
    body: EnrollTokenRequest,
    answers: { 201: EnrollTokenCreated },
  },
  revokeEnrollToken: {
    method: 'DELETE',
    path: '/api/v1/enroll-tokens/:id',
    permission: 'enroll:write',
    summary: 'Revoke an enrolment token',
    params: id,
    answers: { 204: null },
  },

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

  fleet: {
    method: 'GET',
    path: '/api/v1/fleet',
    permission: 'fleet:read',
    summary: 'The whole fleet at one seq of the change stream',
    answers: { 200: FleetSnapshot },
  },
  trend: {
    method: 'GET',
    path: '/api/v1/fleet/trend',
    permission: 'fleet:read',
    summary: 'Hosts per level and VMs at risk, a point a day',
    query: z.strictObject({ weeks: z.enum(['8', '26', '52']).default('8') }),
    answers: { 200: z.array(TrendPoint) },
  },
  host: {
    method: 'GET',
    path: '/api/v1/hosts/:id',
    permission: 'host:read',
    summary: 'One host: why, blast radius, modes, raw report',
    params: id,
    answers: { 200: HostDetail },
  },
  hostVms: {
    method: 'GET',
    path: '/api/v1/hosts/:id/vms',
    permission: 'host:read',
    summary: 'The VMs within reach of one host',
    params: id,
    answers: { 200: VmsInReach },
  },

  listVcenters: {
    method: 'GET',
    path: '/api/v1/vcenters',
    permission: 'vcenter:read',
    summary: 'vCenters and the age of their maps',
    answers: { 200: z.array(VcenterStatus) },
  },
  addVcenter: {
    method: 'POST',
    path: '/api/v1/vcenters',
    permission: 'vcenter:write',
    summary: 'Add a vCenter; its password is stored encrypted and never given back',
    body: VcenterRequest,
    answers: { 201: VcenterStatus },
  },
  probeVcenter: {
    method: 'POST',
    path: '/api/v1/vcenters/probe',
    permission: 'vcenter:write',
    summary: 'Test a connection without storing anything',
    body: VcenterRequest,
    answers: { 200: VcenterProbe },
  },
  collectVcenter: {
    method: 'POST',
    path: '/api/v1/vcenters/:id/collect',
    permission: 'vcenter:write',
    summary: 'Fetch the map now',
    params: id,
    answers: { 202: VcenterStatus },
  },
  vcenterGaps: {
    method: 'GET',
    path: '/api/v1/vcenters/:id/gaps',
    permission: 'vcenter:read',
    summary: 'What the last attempt could not read',
    params: id,
    answers: { 200: VcenterGaps },
  },
  removeVcenter: {
    method: 'DELETE',
    path: '/api/v1/vcenters/:id',
    permission: 'vcenter:write',
    summary: 'Forget a vCenter, its credential and its map',
    params: id,
    answers: { 204: null },
  },

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

  listWindows: {
    method: 'GET',
    path: '/api/v1/windows',
    permission: 'gate:read',
    summary: 'Change windows, the latest first',
    answers: { 200: z.array(ChangeWindow) },
  },
  createWindow: {
    method: 'POST',
    path: '/api/v1/windows',
    permission: 'gate:write',
    summary: 'Store a change window',
    body: ChangeWindowRequest,
    answers: { 201: ChangeWindow },
  },
  removeWindow: {
    method: 'DELETE',
    path: '/api/v1/windows/:id',
    permission: 'gate:write',
    summary: 'Take a change window out of the list; its overrides stay on record',
    params: id,
    answers: { 204: null },
  },
  windowGate: {
    method: 'GET',
    path: '/api/v1/windows/:id/gate',
    permission: 'gate:read',
    summary: 'Which hosts may be patched in this window, judged now, a page at a time',
    params: id,
    query: z.strictObject({ asks: GateAsks.default('plan'), after: z.uuid().optional() }),
    answers: { 200: WindowGates },
  },
  hostGate: {
    method: 'GET',
    path: '/api/v1/hosts/:id/gate',
    permission: 'gate:read',
    summary: 'May this host be patched in this window, judged now',
    params: id,
    query: z.strictObject({ window: z.uuid(), asks: GateAsks.default('now') }),
    answers: { 200: HostGate },
  },
  requestPreflight: {
    method: 'POST',
    path: '/api/v1/hosts/:id/preflight',
    permission: 'gate:write',
    summary: 'Ask a host for facts observed from now on; they count for 60 minutes',
    params: id,
    answers: { 201: Preflight },
  },
  requestOverride: {
    method: 'POST',
    path: '/api/v1/overrides',
    permission: 'gate:write',
    summary: 'Record that a host is to be patched against the gate; a second person must agree',
    body: GateOverrideRequest,
    answers: { 201: GateOverride },
  },
  approveOverride: {
    method: 'POST',
    path: '/api/v1/overrides/:id/approve',
    permission: 'gate:write',
    summary: 'Agree to an override that somebody else asked for',
    params: id,
    answers: { 200: GateOverride },
  },

  listFindings: {
    method: 'GET',
    path: '/api/v1/findings',
    permission: 'finding:read',
    summary: 'What is found in the fleet and not verified as fixed, by rule',
    answers: { 200: z.array(FindingGroup) },
  },
  hostFindings: {
    method: 'GET',
    path: '/api/v1/hosts/:id/findings',
    permission: 'finding:read',
    summary: 'The work on the findings of one host',
    params: id,
    answers: { 200: z.array(FindingWork) },
  },
  updateFinding: {
    method: 'POST',
    path: '/api/v1/hosts/:id/findings/:rule',
    permission: 'finding:write',
    summary: 'Say how far the work on a finding is, or accept its risk until a date',
    params: z.strictObject({ id: z.uuid(), rule: RuleName }),
    body: FindingUpdate,
    answers: { 200: FindingWork },
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
export type { Route };
/** The change stream: a WebSocket, opened with a session and an Origin of our own. `?since=` is the last seq seen. */
export const livePath = '/api/v1/live';
/** Header that every writing call of a browser carries; no other site can send it (CSRF). */
export const csrfHeader = { name: 'x-lunwarden', value: '1' } as const;
