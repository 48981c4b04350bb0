import { Menu } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { getMe, setPreferences } from '../../identity/sessions/sessions.api.ts';
import { call } from '../client.ts';
import { type Language, setLocale } from '../language.ts';
import { membershipLabel } from '../names.ts';
import { answerOf, queryClient } from '../queries.ts';
import { useSession } from '../session.tsx';
import { useText } from '../text.ts';
import { useMembershipChoice, useSignOut } from '../useSignOut.ts';
import { PersonButton } from './PersonButton.tsx';
import { LanguageItems, SchemeItems } from './PreferenceItems.tsx';

/** Opens as soon as it is there, and is a menu like any other from then on. */
export function PersonMenuOpened() {
  const text = useText();
  const { me } = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const target = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    // The button of before is gone with its focus, which the menu gives back when it closes.
    target.current?.focus();
    setOpened(true);
  }, []);
  const speak = async (language: Language) => {
    setLocale({ language });
    const changed = await call(setPreferences, { body: { language, timeZone: me.person.timeZone } });
    queryClient.setQueryData(answerOf(getMe).queryKey, changed);
    // Refusals and labels that the server words come again in the new language.
    await queryClient.invalidateQueries();
  };
  return (
    <Menu width={280} withinPortal={false} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <PersonButton ref={target} />
      </Menu.Target>
      <Menu.Dropdown>
        <ActingAs close={() => setOpened(false)} />
        <Menu.Item
          leftSection={<IconUserCircle size={18} aria-hidden />}
          onClick={() => void navigate({ to: '/account' })}
        >
          {text('shell.account')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{text('ui.language')}</Menu.Label>
        <LanguageItems choose={(language) => void speak(language)} />
        <Menu.Label>{text('ui.scheme')}</Menu.Label>
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={18} aria-hidden />} onClick={signOut}>
          {text('session.sign-out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The membership that this tab acts under; only where there is a choice. */
function ActingAs({ close }: { close: () => void }) {
  const text = useText();
  const { me, acting } = useSession();
  const choose = useMembershipChoice();
  if (me.memberships.length < 2) return null;
  return (
    <>
      <Menu.Label>{text('shell.acting-as')}</Menu.Label>
      <Menu.RadioGroup
        value={acting.membershipId}
        onChange={(id) => {
          close();
          if (id !== acting.membershipId) choose(String(id));
        }}
      >
        {me.memberships.map((membership) => (
          <Menu.RadioItem key={membership.id} value={membership.id}>
            {membershipLabel(membership, text)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  );
}
