import { ROLES, Tokens, isRole } from '@app/access';
import { Offices } from '@app/offices';
import { CommandRefused, option, withSession } from './session';

/** Prints one API bearer token and nothing else. Minting is audited. */
export async function tokenCommand(argv: readonly string[]): Promise<number> {
  const role = option(argv, 'role');
  if (role === null || !isRole(role)) throw new CommandRefused(`--role must be one of ${ROLES.join(', ')}`);
  return withSession('token', async ({ app }) => {
    const all = (await app.get(Offices).all()).map(({ id }) => id);
    const wanted = option(argv, 'office');
    if (wanted !== null && !all.includes(wanted)) throw new CommandRefused(`--office must be one of ${all.join(', ')}`);
    const token = await app
      .get(Tokens)
      .mint(
        { role, offices: wanted === null ? all : [wanted], label: 'command line', expiresInDays: 90 },
        'command line',
      );
    process.stdout.write(`${token}\n`);
    return 0;
  });
}
