import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where one VM lies is asked for each that a backup left something of: by its key, and not by a look at all places. */
export class PlacesOfVms1763800000024 implements MigrationInterface {
  name = 'PlacesOfVms1763800000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE INDEX map_vm_datastore_vm ON map_vm_datastore (vcenter_id, vm_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX map_vm_datastore_vm`);
  }
}
