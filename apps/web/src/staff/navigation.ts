import type { Permission } from '@app/access';

/** One entry of the navigation that staff see. A new part of the product adds its own. */
export interface NavigationEntry {
  readonly href: string;
  readonly text: string;
  /** Who lacks it does not see the entry. */
  readonly permission: Permission;
}

export const NAVIGATION: readonly NavigationEntry[] = [
  { href: '/staff', text: 'Home', permission: 'configuration:read' },
  { href: '/staff/cases', text: 'Cases', permission: 'case:read' },
  { href: '/staff/reviews', text: 'Reviews', permission: 'review:read' },
  { href: '/staff/correspondents', text: 'People', permission: 'correspondent:read' },
  { href: '/staff/log', text: 'Log a contact', permission: 'case:log' },
  { href: '/staff/scrutiny', text: 'Oversight', permission: 'scrutiny:read' },
  { href: '/staff/figures', text: 'Figures', permission: 'metrics:read' },
  { href: '/staff/publications', text: 'Publications', permission: 'publication:read' },
  { href: '/staff/configuration', text: 'Configuration', permission: 'configuration:read' },
];

/** The entry whose part of the product a path belongs to; `/staff` is only itself. */
export function isWithin(path: string, href: string): boolean {
  return path === href || (href !== '/staff' && path.startsWith(`${href}/`));
}
