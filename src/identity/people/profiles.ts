import type { Static } from 'typebox';
import { foldName } from '../../platform/fold.ts';
import { nameColumns } from '../../platform/names.ts';
import { refuse } from '../../platform/refusals.ts';
import type { Tx } from '../../platform/units.ts';
import { refuseUnknownTimeZone } from '../time-zones.ts';
import { refuseWrongUserName } from '../user-names.ts';
import { type ContactColumns, deleteSignIns, setContact, setPerson } from './changes.queries.ts';
import type { Person, PersonChanges } from './people.api.ts';
import type { PersonRow } from './people.queries.ts';
import { managedPerson, personOf, personSubject } from './people.ts';

/** R5.10: by the home tenant alone; what other tenants see of the person follows in the database. */
export async function updatePerson(
  tx: Tx,
  id: string,
  version: number,
  changes: Static<typeof PersonChanges>,
): Promise<Person> {
  const row = await managedPerson(tx, id);
  if (changes.userName !== undefined) refuseWrongUserName(changes.userName);
  if (changes.timeZone !== undefined) refuseUnknownTimeZone(changes.timeZone);
  const { workAddress } = changes;
  const named = changes.displayName === undefined ? undefined : nameColumns(changes.displayName, 'displayName');
  await saveContact(tx, row, version, {
    ...(named ? { display_name: named.name, name_key: named.name_key } : {}),
    ...(workAddress === undefined ? {} : { work_address: workAddress }),
  });
  await setPerson(tx, row, {
    ...(changes.userName === undefined
      ? {}
      : { user_name: changes.userName, user_name_key: foldName(changes.userName) }),
    ...(named ? { display_name: named.name } : {}),
    ...(changes.email === undefined ? {} : { email: changes.email }),
    ...(changes.language === undefined ? {} : { language: changes.language }),
    ...(changes.timeZone === undefined ? {} : { time_zone: changes.timeZone }),
  });
  await tx.record('person.updated', personSubject(row), { ...changes });
  tx.changed('people', row.ownerId);
  return personOf(tx, id);
}

/** Ends their sessions and open links too; tokens stop because their person is not active. */
export async function deactivatePerson(tx: Tx, id: string, version: number): Promise<Person> {
  const row = await managedPerson(tx, id);
  await saveContact(tx, row, version, { status: 'inactive' });
  await setPerson(tx, row, { status: 'inactive' });
  await deleteSignIns(tx, row);
  await tx.record('person.deactivated', personSubject(row));
  tx.changed('people', row.ownerId);
  return personOf(tx, id);
}

export async function reactivatePerson(tx: Tx, id: string, version: number): Promise<Person> {
  const row = await managedPerson(tx, id);
  await saveContact(tx, row, version, { status: 'active' });
  await setPerson(tx, row, { status: 'active' });
  await tx.record('person.reactivated', personSubject(row));
  tx.changed('people', row.ownerId);
  return personOf(tx, id);
}

async function saveContact(tx: Tx, row: PersonRow, version: number, columns: ContactColumns): Promise<void> {
  if (!(await setContact(tx, row, version, columns))) refuse('version-stale');
}
