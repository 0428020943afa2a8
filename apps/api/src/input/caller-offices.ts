import { OfficeNotFound } from '@app/offices';
import { currentCaller } from '@app/platform';

/**
 * The caller's offices, or those of them that were asked for.
 * @throws OfficeNotFound also for an office that the caller has nothing to do with.
 */
export function callerOffices(asked: readonly string[] = []): readonly string[] {
  const { offices } = currentCaller();
  for (const office of asked) if (!offices.includes(office)) throw new OfficeNotFound(office);
  return asked.length > 0 ? [...new Set(asked)] : offices;
}
