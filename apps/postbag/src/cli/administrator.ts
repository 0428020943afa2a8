import { FirstAdministrator } from '@app/access';
import { Offices } from '@app/offices';
import { CommandRefused, option, withSession } from './session';

/** Lets an administrator in who cannot get in otherwise: the first one, or with `--email` one who is known. Audited. */
export async function administratorCommand(argv: readonly string[]): Promise<number> {
  const email = option(argv, 'email');
  return withSession('administrator', async ({ app }) => {
    const maker = app.get(FirstAdministrator);
    const offices = (await app.get(Offices).all()).map(({ id }) => id);
    const given = email === null ? await maker.ensure(offices) : await maker.reset(email);
    if (given === null) {
      throw new CommandRefused(
        email === null
          ? 'there is an administrator already: name one with --email'
          : 'there is no administrator with this e-mail address',
      );
    }
    process.stdout.write(`E-mail address      ${given.email}\nOne-time password   ${given.password}\n`);
    return 0;
  });
}
