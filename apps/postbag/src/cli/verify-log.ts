import { LogVerifier } from '@app/platform';
import { withSession } from './session';

/** Checks the hash chain of every stream; 1 with the first broken link. */
export async function verifyLogCommand(): Promise<number> {
  return withSession('verify-log', async ({ app }) => {
    const result = await app.get(LogVerifier).verify();
    const counts = `${String(result.streams)} streams, ${String(result.events)} events, ${String(result.seals)} seals`;
    process.stdout.write(result.ok ? `OK: ${counts}\n` : `BROKEN: ${result.firstBroken ?? ''}\n`);
    return result.ok ? 0 : 1;
  });
}
