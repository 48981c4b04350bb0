import { SelectField, TextField } from '../../../ui/form/fields.tsx';
import { PickField } from '../../../ui/form/PickField.tsx';
import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Facts, Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { languages } from '../../../web/language.ts';
import { useAct } from '../../../web/queries.ts';
import { languageNames } from '../../../web/shells/Preferences.tsx';
import { useText } from '../../../web/text.ts';
import { type Person, updatePerson } from '../../people/people.api.ts';
import { SignsInAs } from '../SignsInAs.tsx';
import { findTimeZones, timeZonePick } from '../timeZones.ts';

type Profile = NonNullable<Person['profile']>;

/** Profile and sign-in are the home organization's alone; others see a name and a work address (R5.10). */
export function ProfileSection({ person }: { person: Person }) {
  const text = useText();
  const { profile, can } = person;
  if (profile && can.update) return <ProfileForm person={person} profile={profile} />;
  return (
    <Section title={text('people.profile')} lead={profile ? undefined : text('people.elsewhere.lead')}>
      <Facts
        facts={[
          [text('person.work-address'), person.workAddress],
          profile && [text('person.user-name'), profile.userName],
          profile && [text('people.signs-in-as'), profile.signInName],
          profile && [text('person.email'), profile.email],
          profile && [text('person.language'), languageNames[profile.language]],
          profile && [text('person.time-zone'), profile.timeZone.replaceAll('_', ' ')],
        ]}
      />
    </Section>
  );
}

function ProfileForm({ person, profile }: { person: Person; profile: Profile }) {
  const text = useText();
  const update = useAct(updatePerson);
  const form = useRecordForm({
    initial: {
      displayName: person.displayName,
      userName: profile.userName,
      email: profile.email,
      workAddress: person.workAddress,
      language: profile.language,
      timeZone: timeZonePick(profile.timeZone) as Pickable | null,
    },
    schema: { ...updatePerson.body, required: ['displayName', 'userName', 'timeZone'] },
    submit: async ({ timeZone, ...values }) => {
      await update.mutateAsync({
        params: { id: person.id },
        version: person.version,
        body: { ...values, timeZone: timeZone?.value },
      });
      showToast(text('record.saved'));
    },
  });
  return (
    <Section title={text('people.profile')} lead={<SignsInAs words="people.signs-in-as" name={profile.signInName} />}>
      <RecordForm form={form}>
        <TextField form={form} name="displayName" label={text('person.display-name')} />
        <TextField form={form} name="userName" label={text('person.user-name')} code />
        <TextField form={form} name="email" label={text('person.email')} type="email" />
        <TextField
          form={form}
          name="workAddress"
          label={text('person.work-address')}
          hint={text('person.work-address.hint')}
        />
        <SelectField
          form={form}
          name="language"
          label={text('person.language')}
          choices={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
        <PickField form={form} name="timeZone" label={text('person.time-zone')} kind="time-zone" find={findTimeZones} />
      </RecordForm>
    </Section>
  );
}
