import { Page } from '../../../ui/Page.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { PasswordSection } from './PasswordSection.tsx';
import { PreferencesSection } from './PreferencesSection.tsx';
import { SessionsSection } from './SessionsSection.tsx';
import { TokensSection } from './TokensSection.tsx';

export function AccountPage() {
  const text = useText();
  const { me } = useSession();
  return (
    <Page title={text('account.title')} lead={`${me.person.displayName} · ${me.person.userName}`} narrow>
      <PreferencesSection />
      <PasswordSection />
      <SessionsSection />
      <TokensSection />
    </Page>
  );
}
