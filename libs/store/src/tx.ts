import type { EntityManager } from 'typeorm';
import { EnrollmentRepository } from './access/enrollment.repository.js';
import { SessionRepository } from './access/session.repository.js';
import { UserRepository } from './access/user.repository.js';
import { FeedRepository } from './feeds/feed.repository.js';
import { FeedKeyRepository } from './feeds/feed-key.repository.js';
import { FindingWorkRepository } from './findings/finding-work.repository.js';
import { AssessmentRepository } from './fleet/assessment.repository.js';
import { ChangeRepository } from './fleet/change.repository.js';
import { FleetRepository } from './fleet/fleet.repository.js';
import { ReportRepository } from './fleet/report.repository.js';
import { SightingRepository } from './fleet/sighting.repository.js';
import { VerdictRepository } from './fleet/verdict.repository.js';
import type { VerdictDictionaries } from './fleet/verdict-body.js';
import { OverrideRepository } from './gate/override.repository.js';
import { PreflightRepository } from './gate/preflight.repository.js';
import { WindowRepository } from './gate/window.repository.js';
import { Sql } from './sql.js';
import { ImportRepository } from './storage/import.repository.js';
import { StorageRepository } from './storage/storage.repository.js';
import { CollectionRepository } from './vcenters/collection.repository.js';
import { MapRepository } from './vcenters/map.repository.js';
import { MapChangeRepository } from './vcenters/map-change.repository.js';
import { VcenterRepository } from './vcenters/vcenter.repository.js';
import { WeeklyRepository } from './weekly/weekly.repository.js';

/** Repositories bound to one transaction. They hand out contract types; rows stay in here. */
export class Tx {
  readonly sql: Sql;
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly enrollment: EnrollmentRepository;
  readonly reports: ReportRepository;
  readonly sightings: SightingRepository;
  readonly assessments: AssessmentRepository;
  readonly verdicts: VerdictRepository;
  readonly changes: ChangeRepository;
  readonly fleet: FleetRepository;
  readonly vcenters: VcenterRepository;
  readonly collections: CollectionRepository;
  readonly maps: MapRepository;
  readonly mapChanges: MapChangeRepository;
  readonly storage: StorageRepository;
  readonly imports: ImportRepository;
  readonly weekly: WeeklyRepository;
  readonly feeds: FeedRepository;
  readonly feedKeys: FeedKeyRepository;
  readonly windows: WindowRepository;
  readonly preflights: PreflightRepository;
  readonly overrides: OverrideRepository;
  readonly findingWork: FindingWorkRepository;

  constructor(manager: EntityManager, dictionaries: VerdictDictionaries) {
    this.sql = new Sql(manager);
    this.users = new UserRepository(this.sql);
    this.sessions = new SessionRepository(this.sql);
    this.enrollment = new EnrollmentRepository(this.sql);
    this.reports = new ReportRepository(this.sql);
    this.sightings = new SightingRepository(this.sql);
    this.assessments = new AssessmentRepository(this.sql);
    this.verdicts = new VerdictRepository(this.sql, dictionaries);
    this.changes = new ChangeRepository(this.sql);
    this.fleet = new FleetRepository(this.sql);
    this.vcenters = new VcenterRepository(this.sql);
    this.collections = new CollectionRepository(this.sql);
    this.maps = new MapRepository(this.sql);
    this.mapChanges = new MapChangeRepository(this.sql);
    this.storage = new StorageRepository(this.sql);
    this.imports = new ImportRepository(this.sql);
    this.weekly = new WeeklyRepository(this.sql);
    this.feeds = new FeedRepository(this.sql);
    this.feedKeys = new FeedKeyRepository(this.sql);
    this.windows = new WindowRepository(this.sql);
    this.preflights = new PreflightRepository(this.sql);
    this.overrides = new OverrideRepository(this.sql);
    this.findingWork = new FindingWorkRepository(this.sql);
  }
}
