import { Alert } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { SignsInAs } from '../../../identity/web/SignsInAs.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { ServiceRequest } from '../requests.api.ts';

/** R5.10: with a second tenant the name alone signs in no more. Whoever is signed in would learn it at the locked door. */
export function SignInNotice({ request }: { request: ServiceRequest }) {
  const text = useText();
  const { me, acting } = useSession();
  const { userName, signInName } = me.person;
  if (request.phase !== 'completed' || !beginsSlugs(request)) return null;
  if (!acting.provider || !acting.tenant || signInName === userName) return null;
  const { name: organization, slug } = acting.tenant;
  return (
    <Alert color="amber" icon={<IconInfoCircle aria-hidden />} title={text('request.sign-in.title')} mb="md">
      {text('request.sign-in.body', { organization, slug })}
      <SignsInAs words="account.signs-in-as" name={signInName} />
    </Alert>
  );
}

function beginsSlugs({ offering, values, result }: ServiceRequest): boolean {
  return result.signIn === 'with-slug' || (offering.key === 'multi-tenancy' && values.state === 'on');
}
