import { Page } from '../../../ui/Page.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { SignsInAs } from '../SignsInAs.tsx';
import { PasswordSection } from './PasswordSection.tsx';
import { PreferencesSection } from './PreferencesSection.tsx';
import { SessionsSection } from './SessionsSection.tsx';
import { TokensSection } from './TokensSection.tsx';

export function AccountPage() {
  const text = useText();
  const { me } = useSession();
  const lead = (
    <>
      {me.person.displayName}
      <SignsInAs words="account.signs-in-as" name={me.person.signInName} />
    </>
  );
  return (
    <Page title={text('account.title')} lead={lead} narrow>
      <PreferencesSection />
      <PasswordSection />
      <SessionsSection />
      <TokensSection />
    </Page>
  );
}
