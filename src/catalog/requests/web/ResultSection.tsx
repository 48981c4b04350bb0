import { Button, Group, Stack } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { makePasswordLink } from '../../../identity/links/links.api.ts';
import { OneTimeLink } from '../../../identity/web/people/OneTimeLink.tsx';
import { LinkButton } from '../../../ui/Link.tsx';
import { Section } from '../../../ui/Section.tsx';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { ServiceRequest } from '../requests.api.ts';

/** Where to go on with what came of a request. */
export function ResultSection({ request }: { request: ServiceRequest }) {
  const text = useText();
  const { may } = useSession();
  const { tenant, person, role } = request.result;
  if (!tenant && !person && !role) return null;
  return (
    <Section title={text('request.result')}>
      <Stack>
        {person && may('person.administer') && <PasswordLink id={person} name={request.about} />}
        <Group gap="xs">
          {tenant && may('tenant.read') && (
            <LinkButton to={`/administration/tenants/${tenant}`} variant="default">
              {text('request.result.tenant')}
            </LinkButton>
          )}
          {person && may('person.read') && (
            <LinkButton to={`/administration/people/${person}`} variant="default">
              {text('request.result.person')}
            </LinkButton>
          )}
          {role && may('role.administer') && (
            <LinkButton to={`/administration/roles/${role}`} variant="default">
              {text('request.result.role')}
            </LinkButton>
          )}
        </Group>
      </Stack>
    </Section>
  );
}

/** Made now and shown once; no request carries it (R4.7). */
function PasswordLink({ id, name }: { id: string; name: string }) {
  const text = useText();
  const make = useAct(makePasswordLink, ['people']);
  if (make.data) return <OneTimeLink link={make.data} name={name} />;
  return (
    <div>
      <p style={{ marginTop: 0 }}>{text('request.result.link.lead')}</p>
      <Button
        leftSection={<IconKey size={18} aria-hidden />}
        loading={make.isPending}
        onClick={() => make.mutate({ params: { id } })}
      >
        {text('request.result.link')}
      </Button>
    </div>
  );
}
