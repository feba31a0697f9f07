import { z } from 'zod';
import {
  ChangeWindow,
  ChangeWindowRequest,
  GateAsks,
  GateOverride,
  GateOverrideRequest,
  HostGate,
  OverrideList,
  Preflight,
  WindowGates,
} from '../gate.js';
import { id } from './params.js';
import type { Route } from './route.js';

/** May this host be patched now. */
export const gateRoutes = {
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
  listOverrides: {
    method: 'GET',
    path: '/api/v1/overrides',
    permission: 'gate:read',
    summary: 'Who takes which risk against the gate, over the whole fleet',
    answers: { 200: OverrideList },
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
  revokeOverride: {
    method: 'POST',
    path: '/api/v1/overrides/:id/revoke',
    permission: 'gate:write',
    summary: 'Take an override back before its end; one person is enough',
    params: id,
    answers: { 200: GateOverride },
  },
} as const satisfies Record<string, Route>;
