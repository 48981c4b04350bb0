import { SelectField } from '../../../ui/form/fields.tsx';
import { PickField } from '../../../ui/form/PickField.tsx';
import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Section } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { call } from '../../../web/client.ts';
import { languages } from '../../../web/language.ts';
import { answerOf, queryClient } from '../../../web/queries.ts';
import { showAs, useSession } from '../../../web/session.tsx';
import { languageNames } from '../../../web/shells/Preferences.tsx';
import { useText } from '../../../web/text.ts';
import { getMe, setPreferences } from '../../sessions/sessions.api.ts';
import { findTimeZones, timeZonePick } from '../timeZones.ts';

export function PreferencesSection() {
  const text = useText();
  const { person } = useSession().me;
  const form = useRecordForm({
    initial: { language: person.language, timeZone: timeZonePick(person.timeZone) as Pickable | null },
    schema: setPreferences.body,
    submit: async ({ language, timeZone }) => {
      const me = await call(setPreferences, { body: { language, timeZone: timeZone?.value ?? person.timeZone } });
      queryClient.setQueryData(answerOf(getMe).queryKey, me);
      showAs(me);
      showToast(text('account.saved'));
      await queryClient.invalidateQueries();
    },
  });
  return (
    <Section title={text('account.preferences')}>
      <RecordForm form={form}>
        <SelectField
          form={form}
          name="language"
          label={text('ui.language')}
          choices={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
        <PickField form={form} name="timeZone" label={text('person.time-zone')} kind="time-zone" find={findTimeZones} />
      </RecordForm>
    </Section>
  );
}
