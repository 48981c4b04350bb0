import type { Database } from '../../platform/database.ts';
import type { SystemTx } from '../../platform/units.ts';
import { makeSecret } from '../secrets.ts';
import { findAdministratorMembership, insertCommandLineToken } from './command-line.queries.ts';

export interface CommandLineToken {
  token: string;
  /** Under whose membership the command acts. */
  userName: string;
}

/**
 * A token for one command of somebody who sits at the machine, acting as an administrator: the one named, or the first.
 * It lives a quarter of an hour, and what is done with it is audited as that administrator's.
 * @returns null when there is no administrator, or none of that name.
 */
export async function makeCommandLineToken(db: Database, userName?: string): Promise<CommandLineToken | null> {
  return db.asSystem(async (system) => {
    const administrator = await findAdministratorMembership(system, userName);
    if (!administrator) return null;
    const { secret, hash } = makeSecret('tnt_');
    await insertCommandLineToken(system, administrator, hash);
    const { membership_id: id, user_name: label, owner_id: owner } = administrator;
    await system.record('token.made-at-command-line', { kind: 'membership', id, label, owner });
    return { token: secret, userName: label };
  });
}

/** In whose name the program itself does what nobody asks for at that moment: the oldest administrator's membership. */
export async function administratorMembership(system: SystemTx): Promise<string | null> {
  return (await findAdministratorMembership(system))?.membership_id ?? null;
}
