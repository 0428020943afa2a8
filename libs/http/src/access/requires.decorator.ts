import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { AccessAction, Permission } from '@app/access';

/** What a route says about who may use it and how its use is recorded. */
export type RouteRule =
  | { readonly access: 'permission'; readonly permission: Permission; readonly audit: AccessAction | null }
  | { readonly access: 'public'; readonly offices: 'all' | 'none'; readonly audit: AccessAction | null };

export const ROUTE_RULE = 'postbag:route-rule';

/**
 * The permission that a route asks for. With `audit` the reading is recorded: by the handler through `AccessRecords`,
 * which names the cases, else for the route as a whole when its answer goes out.
 */
export function Requires(permission: Permission, { audit }: { readonly audit: AccessAction | null }): CustomDecorator {
  return SetMetadata<string, RouteRule>(ROUTE_RULE, { access: 'permission', permission, audit });
}

/** A route for everybody. It runs for all offices, or for none where it touches no office (health, figures of the process). */
export function Public({
  audit,
  offices = 'all',
}: {
  readonly audit: AccessAction | null;
  readonly offices?: 'all' | 'none';
}): CustomDecorator {
  return SetMetadata<string, RouteRule>(ROUTE_RULE, { access: 'public', offices, audit });
}
