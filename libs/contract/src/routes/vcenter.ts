import { z } from 'zod';
import { VcenterStatus } from '../fleet.js';
import { MapLosses } from '../lun-map.js';
import { VcenterGaps, VcenterProbe, VcenterRequest } from '../vcenter.js';
import { id } from './params.js';
import type { Route } from './route.js';

/** vCenters and their maps. */
export const vcenterRoutes = {
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
  confirmVcenter: {
    method: 'POST',
    path: '/api/v1/vcenters/:id/confirm',
    permission: 'vcenter:write',
    summary: 'Say that what the map held back shows so few of is right; it is fetched again and comes into force',
    params: id,
    body: MapLosses,
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
} as const satisfies Record<string, Route>;
