import type { ObjectContent } from '../collect/object-content.js';
import { children, refOf } from '../soap/xml-element.js';

/** A datacenter lists its datastores, also those that nobody mounts and that no VM lives on. */
export const datacenterPaths = ['datastore'] as const;

/** Morefs of the datastores; unset means none. */
export const readDatacenter = ({ values }: ObjectContent): string[] =>
  children(values.get('datastore') ?? null, 'ManagedObjectReference').flatMap((one) => refOf(one)?.id ?? []);
