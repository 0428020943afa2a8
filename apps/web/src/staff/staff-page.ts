import { can } from '@app/access';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isWithin, NAVIGATION } from './navigation';
import { noticeOf } from './notices';

/** What every staff page says besides its own model. */
interface StaffFrame {
  readonly name: string;
  readonly roleInWords: string;
  readonly officesInWords: string;
  readonly csrfToken: string;
  readonly notice: string | null;
  readonly navigation: readonly { readonly href: string; readonly text: string; readonly active: boolean }[];
  /** Asks in a template whether to show what only some may do. */
  readonly can: (permission: Parameters<typeof can>[1]) => boolean;
}

/** A page for staff: who is signed in, where they are and what else they may open, around the page's own model. */
export async function showStaffPage(
  reply: FastifyReply,
  template: string,
  model: { readonly pageTitle: string; readonly [key: string]: unknown },
): Promise<void> {
  await reply.viewAsync(template, { staff: frameOf(reply.request), ...model });
}

function frameOf(request: FastifyRequest): StaffFrame {
  const { caller, csrfToken, personName, url, query } = request;
  const path = url.split('?')[0] ?? '';
  const may = (permission: Parameters<typeof can>[1]): boolean => can(caller.role, permission);
  return {
    name: personName ?? 'Signed in by token',
    roleInWords: inWords(caller.role),
    officesInWords:
      caller.offices.length === 1 ? inWords(caller.offices[0] ?? '') : `${String(caller.offices.length)} offices`,
    csrfToken: csrfToken ?? '',
    notice: noticeOf((query as { notice?: unknown }).notice),
    navigation: NAVIGATION.filter(({ permission }) => may(permission)).map(({ href, text }) => ({
      href,
      text,
      active: isWithin(path, href),
    })),
    can: may,
  };
}

/** `west-mercia` as "West Mercia". */
export function inWords(key: string): string {
  const words = key.replaceAll('-', ' ');
  return key.includes('-') && !key.includes('manager')
    ? words.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())
    : words.charAt(0).toUpperCase() + words.slice(1);
}
