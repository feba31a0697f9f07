export { applyChange, applyFrame, type Gap } from './apply-change.js';
export { coalesce } from './coalesce.js';
export { type Difference, differencesOf, diffFleet } from './diff-fleet.js';
export { type Fleet, fleetOf } from './fleet.js';
