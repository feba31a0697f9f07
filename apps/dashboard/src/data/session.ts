import type { Permission } from '@lunwarden/contract';
import { useQuery } from '@tanstack/react-query';
import { welcomeQuery } from './queries.js';

/** Whether who is signed in may do this. The API asks again; this only keeps buttons away that would be refused. */
export function useMay(permission: Permission): boolean {
  return useQuery(welcomeQuery).data?.session?.permissions.includes(permission) ?? false;
}
