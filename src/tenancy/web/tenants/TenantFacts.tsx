import { Facts, Section } from '../../../ui/Section.tsx';
import { Time } from '../../../ui/Time.tsx';
import { type Say, useText } from '../../../web/text.ts';
import type { Tenant } from '../../tenants/tenants.api.ts';

export function TenantFacts({ tenant }: { tenant: Tenant }) {
  const text = useText();
  const regional = (value: string) => (value === 'locale' ? text('tenant.as-language') : value);
  return (
    <>
      <Section title={text('tenant.record')}>
        <Facts
          facts={[
            [text('tenant.key'), tenant.key],
            [text('tenant.slug'), tenant.slug],
            [text('tenant.number'), tenant.tenantNumber],
            [text('tenant.provider'), text(tenant.provider ? 'ui.yes' : 'ui.no')],
            [text('tenant.subtenants-allowed'), text(tenant.subtenantsAllowed ? 'ui.yes' : 'ui.no')],
            [text('tenant.depth'), tenant.depth],
            tenant.provider
              ? null
              : [text('tenant.providerPeople'), text(`tenant.providerPeople.${tenant.providerPeople}`)],
            [text('tenant.opened'), <Time key="opened" at={tenant.openedAt} show="date" />],
            tenant.closedAt ? [text('tenant.closed'), <Time key="closed" at={tenant.closedAt} show="date" />] : null,
            ...tenant.systemGroups.map(
              ({ kind, members }) =>
                [text(`tenant-group.kind.${kind}`), text('tenant-group.members-count', { count: members })] as const,
            ),
          ]}
        />
      </Section>
      <Section title={text('tenant.terms')}>
        <Facts facts={termsFacts(tenant, text)} />
      </Section>
      <Section title={text('tenant.contact')}>
        <Facts
          facts={[
            [text('tenant.primaryContact'), tenant.primaryContact],
            [text('tenant.location'), tenant.location],
            [text('tenant.phone'), tenant.phone],
            [text('tenant.alternatePhone'), tenant.alternatePhone],
            [text('tenant.fax'), tenant.fax],
            [text('tenant.email'), tenant.email],
            [text('tenant.webSite'), tenant.webSite],
            [text('tenant.directoryGroup'), tenant.directoryGroup],
          ]}
        />
      </Section>
      <Section title={text('tenant.regional')}>
        <Facts
          facts={[
            [text('tenant.timeZone'), tenant.timeZone],
            [text('tenant.currency'), tenant.currency],
            [text('tenant.dateFormat'), regional(tenant.dateFormat)],
            [text('tenant.timeFormat'), regional(tenant.timeFormat)],
            [text('tenant.decimalSymbol'), regional(tenant.decimalSymbol)],
            [text('tenant.taxRegion'), tenant.taxRegion],
            [text('tenant.taxIdentifiers'), tenant.taxIdentifiers],
          ]}
        />
      </Section>
    </>
  );
}

/** R8.2, R8.3: what it says itself, and what holds for its people, with the tenant of the line that decides it. */
function termsFacts({ terms, termsOfUsage }: Tenant, text: Say): (readonly [string, string] | null)[] {
  const { statement, inForce, decidedBy } = termsOfUsage;
  const said = () => {
    if (terms !== 'statement') return text(`tenant.terms.${terms}`);
    if (!statement) return '';
    return statement.status === 'active' ? statement.name : text('tenant.terms.inactive', { name: statement.name });
  };
  const { name, number, asked } = inForce ?? {};
  return [
    [text('tenant.terms.says'), said()],
    [
      text('tenant.terms.holds'),
      inForce ? text('tenant.terms.version', { name, number }) : text('tenant.terms.nothing'),
    ],
    decidedBy && [text('tenant.terms.from'), decidedBy.own ? text('tenant.terms.own') : decidedBy.name],
    asked ? [text('tenant.terms.asked'), text(`tenant.terms.${asked}`)] : null,
  ];
}
