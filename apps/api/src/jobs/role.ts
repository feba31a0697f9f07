import type { ApiConfig } from '../config.js';

/** Whether this process does what nobody asked for at its doors: collections, weekly snapshots, judging after a map. */
export const runsJobs = ({ role }: Pick<ApiConfig, 'role'>): boolean => role !== 'api';
