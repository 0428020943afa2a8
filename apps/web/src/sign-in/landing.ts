import { can, type Role } from '@app/access';
import { NAVIGATION } from '../staff/navigation';

/** The first page that a role may open: an administrator has no cases to come home to. */
export function landingOf(role: Role): string {
  return NAVIGATION.find(({ permission }) => can(role, permission))?.href ?? '/staff';
}
