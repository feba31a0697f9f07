import { fleetEntities } from './fleet/fleet.entities.js';
import { vcentersEntities } from './vcenters/vcenters.entities.js';

/** Columns only: no relation, no eager, no cascade. A test shows that entities and migrations agree. */
export const entities = [...fleetEntities, ...vcentersEntities];
