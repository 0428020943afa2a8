import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A request reads these but never writes them: whoever could replace a seal could hide a removed tail. */
export class ProtectPlatformRows1795306100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `REVOKE INSERT, UPDATE, DELETE ON log_seal, instance_setting, projection_checkpoint, inbox FROM postbag_app`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `GRANT INSERT, UPDATE, DELETE ON log_seal, instance_setting, projection_checkpoint, inbox TO postbag_app`,
    );
  }
}
