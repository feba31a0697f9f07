import { Fleet1763800000001 } from './0001-fleet.js';
import { Access1763800000002 } from './0002-access.js';
import { Vcenters1763800000003 } from './0003-vcenters.js';
import { Weekly1763800000004 } from './0004-weekly.js';
import { Feeds1763800000005 } from './0005-feeds.js';
import { Gate1763800000006 } from './0006-gate.js';
import { Findings1763800000007 } from './0007-findings.js';
import { MapDetails1763800000008 } from './0008-map-details.js';
import { Imports1763800000009 } from './0009-imports.js';
import { AroundReports1763800000010 } from './0010-around-reports.js';
import { Inventory1763800000011 } from './0011-inventory.js';
import { FeedKeys1763800000012 } from './0012-feed-keys.js';
import { OverrideRevocation1763800000013 } from './0013-override-revocation.js';
import { PackedVerdicts1763800000014 } from './0014-packed-verdicts.js';
import { SitePolicy1763800000020 } from './0020-site-policy.js';
import { JudgingModel1763800000021 } from './0021-judging-model.js';
import { ProductPace1763800000022 } from './0022-product-pace.js';
import { PlacesOfVms1763800000024 } from './0024-places-of-vms.js';
import { ReportInForce1763800000025 } from './0025-report-in-force.js';
import { ConfirmedLosses1763800000026 } from './0026-confirmed-losses.js';
import { EndOfConfirmation1763800000027 } from './0027-end-of-confirmation.js';

/** In the order in which they run. A migration that has landed is never changed. */
export const migrations = [
  Fleet1763800000001,
  Access1763800000002,
  Vcenters1763800000003,
  Weekly1763800000004,
  Feeds1763800000005,
  Gate1763800000006,
  Findings1763800000007,
  MapDetails1763800000008,
  Imports1763800000009,
  AroundReports1763800000010,
  Inventory1763800000011,
  FeedKeys1763800000012,
  OverrideRevocation1763800000013,
  PackedVerdicts1763800000014,
  SitePolicy1763800000020,
  JudgingModel1763800000021,
  ProductPace1763800000022,
  PlacesOfVms1763800000024,
  ReportInForce1763800000025,
  ConfirmedLosses1763800000026,
  EndOfConfirmation1763800000027,
];
