import 'reflect-metadata';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { entities } from './entities.js';
import { VerdictDictionaries } from './fleet/verdict-dictionaries.js';
import { migrations } from './migrations/index.js';
import { Tx } from './tx.js';

/** Any number that is ours: one process at a time migrates. */
const migrationLock = 7_204_118_551;

/** PostgreSQL would acknowledge what it may lose. */
export class UnsafeDatabaseError extends Error {
  readonly code = 'database_not_durable';
  constructor(settings: readonly string[]) {
    super(
      `PostgreSQL runs with ${settings.join(', ')} off, so an acknowledged report could be lost: switch it on, or set LUNWARDEN_UNSAFE_DATABASE=1 for a throw-away database.`,
    );
  }
}

export type StoreOptions = {
  /** postgres:// URL. */
  url: string;
  poolSize?: number;
  /** Throw-away databases of tests run without fsync; nothing else may. */
  allowUnsafe?: boolean;
  /** Milliseconds that a query may take; a migration may take as long as it needs. */
  queryTimeoutMs?: number;
};

/** How to reach the database; TypeORM never changes the schema by itself. */
export function dataSourceOptions({ url, poolSize = 10, queryTimeoutMs = 30_000 }: StoreOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    synchronize: false,
    logging: false,
    applicationName: 'lunwarden',
    poolSize,
    // A black-holed database must not hang a request for ever.
    connectTimeoutMS: 5_000,
    extra: {
      query_timeout: queryTimeoutMs,
      statement_timeout: queryTimeoutMs,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
}

/**
 * Connects, refuses a database that may lose what it acknowledged, and migrates (one process at a time).
 * @throws UnsafeDatabaseError
 */
export async function openDataSource(options: StoreOptions): Promise<DataSource> {
  const dataSource = await new DataSource(dataSourceOptions(options)).initialize();
  try {
    if (!options.allowUnsafe) await refuseUnsafe(dataSource);
    await migrate(options);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
}

/** The memory of Lunwarden. The only place that knows PostgreSQL. */
export class Store {
  private readonly dictionaries = new VerdictDictionaries();

  constructor(readonly dataSource: DataSource) {}

  static async open(options: StoreOptions): Promise<Store> {
    return new Store(await openDataSource(options));
  }

  /** All or nothing. The repositories of `tx` die with it. */
  inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.dataSource.transaction((manager) => work(new Tx(manager, this.dictionaries)));
  }

  /** Reads that must agree with each other: all see the database as it was when the first one ran. */
  atOneMoment<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.dataSource.transaction('REPEATABLE READ', (manager) => work(new Tx(manager, this.dictionaries)));
  }

  /** Reads that need no transaction. */
  get read(): Tx {
    return new Tx(this.dataSource.manager, this.dictionaries);
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

/** Over connections without a time limit: one migration may rewrite every row, and whoever starts beside it waits as long. */
async function migrate(options: StoreOptions): Promise<void> {
  const settings = { ...dataSourceOptions({ ...options, poolSize: 2 }), entities: [], extra: {} };
  const dataSource = await new DataSource(settings).initialize();
  try {
    await using runner = dataSource.createQueryRunner();
    await runner.connect();
    await runner.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await runner.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    }
  } finally {
    await dataSource.destroy();
  }
}

async function refuseUnsafe(dataSource: DataSource): Promise<void> {
  const rows: { name: string }[] = await dataSource.query(
    `SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off'`,
  );
  if (rows.length > 0) throw new UnsafeDatabaseError(rows.map((row) => row.name));
}
