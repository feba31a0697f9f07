import { z } from 'zod';
import {
  ImportQuery,
  RvtoolsReceipt,
  StorageDatastoreDetail,
  StorageOrphans,
  StoragePage,
  StorageQuery,
  VolumeCopy,
} from '../storage.js';
import { Text } from '../text.js';
import type { Route } from './route.js';

/** Datastores and LUNs, and who could write to them. */
export const storageRoutes = {
  storage: {
    method: 'GET',
    path: '/api/v1/storage',
    permission: 'fleet:read',
    summary: 'Datastores, their LUNs, and the proxies that see them',
    query: StorageQuery,
    answers: { 200: StoragePage },
  },
  storageDatastore: {
    method: 'GET',
    path: '/api/v1/storage/datastores/:id',
    permission: 'fleet:read',
    summary: 'One datastore: who could write to it, and what lies on it',
    params: z.strictObject({ id: Text(200) }),
    answers: { 200: StorageDatastoreDetail },
  },
  storageOrphans: {
    method: 'GET',
    path: '/api/v1/storage/orphans',
    permission: 'fleet:read',
    summary: 'Disks on a shared bus that proxies see and no map knows',
    answers: { 200: StorageOrphans },
  },
  storageCopies: {
    method: 'GET',
    path: '/api/v1/storage/copies',
    permission: 'fleet:read',
    summary: 'VMFS volumes that lie on more than one set of LUNs',
    answers: { 200: z.array(VolumeCopy) },
  },
  importRvtools: {
    method: 'POST',
    path: '/api/v1/imports/rvtools',
    permission: 'vcenter:write',
    summary: 'Bring the map of a vCenter as an export of RVTools (.xlsx, or a zip of its CSV files)',
    query: ImportQuery,
    upload: ['application/zip', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    answers: { 200: RvtoolsReceipt },
  },
} as const satisfies Record<string, Route>;
