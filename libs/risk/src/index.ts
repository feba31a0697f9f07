export { aboutOf } from './abouts.js';
export { adviceOf } from './advice.js';
export { assess, type UntitledAssessment } from './assess.js';
export { type Baseline, nextBaseline } from './baseline.js';
export { rules } from './catalogue.js';
export { expireAssessment, expireSummary } from './expire.js';
export { countVms } from './exposure.js';
export { type ChangeView, type ChangeWindow, type Exception, refusalCountsMs } from './facts/change-view.js';
export type {
  CatalogueUpdate,
  CveInFeeds,
  FeedView,
  FixedBuild,
  FixedBuilds,
  MissingByCatalogue,
} from './facts/feed-view.js';
export type { EsxiHost, ForeignDisk, HotAddReach, InventoryView, Leftover, ProxyVm } from './facts/inventory-view.js';
export type { ProductView, ProxyInProduct, ServerInProduct } from './facts/product-view.js';
export type { Facts, MappedDatastore, MapView } from './facts.js';
export { esxiStates, type FixState, fixStates } from './fixes.js';
export { type GateInput, gate } from './gate/gate.js';
export { postflight } from './gate/postflight.js';
export { type PreflightOfHost, preflightMs, preflightUntil } from './gate/preflight.js';
export type { WindowOfHost } from './gate/window.js';
export { type ModelInput, type ModelResult, model } from './model.js';
export { type PolicyBound, type PolicyOverrides, type PolicyProblem, policyBounds, policyWith } from './overrides.js';
export { type GuardCount, type Guards, guardsOf, type Peers, peersOf } from './peers.js';
export { defaultPolicy, type Policy } from './policy.js';
export { Join, type Joined } from './prepared/join.js';
export { LunNumbers } from './prepared/lun-numbers.js';
export { MapNumbering, type NumberedMap, numberedMap } from './prepared/numbered-map.js';
export { type PreparedHost, prepare } from './prepared/prepare.js';
export { type Rescored, rescorer } from './prepared/rescore.js';
export { SharedVms, withSharedVms } from './prepared/shared-vms.js';
export { hasGaps, rememberFacts } from './remember.js';
export { type DatastoreRisk, datastoreRisks, type RollUp, rollUp } from './roll-up.js';
export type { About, Advice, Judgement, Rule, RuleContext } from './rule.js';
export { type SeenLunOfHost, seenLuns } from './seen-luns.js';
export { summarize } from './summarize.js';
export { titled } from './titled.js';
export type { OsFamily } from './traps/commands.js';
export { type Runbook, type RunbookStep, runbookOf } from './traps/runbook.js';
export { traps } from './traps/table.js';
export { type TrapText, trapTexts } from './traps/texts.js';
export {
  matchTraps,
  type PlannedChange,
  plannedChanges,
  type Trap,
  type TrapGround,
  type TrapMatch,
} from './traps/trap.js';
export { type WhatIf, type WhatIfChange, whatIf } from './what-if.js';
