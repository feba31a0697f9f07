import { accessEntities } from './access/access.entities.js';
import { aroundEntities } from './around/around.entities.js';
import { feedsEntities } from './feeds/feeds.entities.js';
import { findingsEntities } from './findings/findings.entities.js';
import { fleetEntities } from './fleet/fleet.entities.js';
import { gateEntities } from './gate/gate.entities.js';
import { policyEntities } from './policy/policy.entities.js';
import { vcentersEntities } from './vcenters/vcenters.entities.js';
import { weeklyEntities } from './weekly/weekly.entities.js';

/** Columns only: no relation, no eager, no cascade. A test shows that entities and migrations agree. */
export const entities = [
  ...accessEntities,
  ...aroundEntities,
  ...feedsEntities,
  ...fleetEntities,
  ...vcentersEntities,
  ...weeklyEntities,
  ...gateEntities,
  ...findingsEntities,
  ...policyEntities,
];
