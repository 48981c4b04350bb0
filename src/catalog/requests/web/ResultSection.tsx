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
  const ways = useWays(request);
  const added = request.phase === 'completed' && request.offering.key === 'add-user' && request.result.person;
  if (!ways.length) return null;
  return (
    <Section title={text('request.result')}>
      <Stack>
        {added && may('person.administer') && <PasswordLink id={added} name={request.about} />}
        <Group gap="xs">
          {ways.map(({ to, label }) => (
            <LinkButton key={to} to={to} variant="default">
              {label}
            </LinkButton>
          ))}
        </Group>
      </Stack>
    </Section>
  );
}

/** To the records that the request's result names, as far as one may open them. */
function useWays({ result, about }: ServiceRequest): { to: string; label: string }[] {
  const text = useText();
  const { may, acting } = useSession();
  const tickets = may('ticket.read-internal') ? '/workspace/tickets' : '/tickets';
  const { tenant, person, role, ticket } = result;
  const ways = [
    tenant &&
      may('tenant.read') &&
      acting.tenancy !== 'off' && {
        to: `/administration/tenants/${tenant}`,
        label: text('request.result.tenant', { name: about }),
      },
    person && may('person.read') && { to: `/administration/people/${person}`, label: text('request.result.person') },
    role && may('role.administer') && { to: `/administration/roles/${role}`, label: text('request.result.role') },
    ticket &&
      may('ticket.read') && { to: `${tickets}/${ticket}`, label: text('request.result.ticket', { number: ticket }) },
  ];
  return ways.filter((way) => typeof way === 'object');
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
