import type { EntityManager } from 'typeorm';
import { Sql } from './sql.js';

/** Repositories bound to one transaction. They hand out contract types; rows stay in here. */
export class Tx {
  readonly sql: Sql;

  constructor(manager: EntityManager) {
    this.sql = new Sql(manager);
  }
}
