import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Link } from '../../../ui/Link.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Section } from '../../../ui/Section.tsx';
import { answerOf } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { useText } from '../../../web/text.ts';
import { getTenant, type Tenant } from '../../tenants/tenants.api.ts';
import { UsageFacts } from '../usage/UsageFacts.tsx';
import { LogoSection } from './LogoSection.tsx';
import { ParentSection } from './ParentSection.tsx';
import { TenantActions } from './TenantActions.tsx';
import { TenantFacts } from './TenantFacts.tsx';
import { TenantStatus } from './TenantStatus.tsx';
import { TenantTable } from './TenantTable.tsx';
import { tenantPath } from './tenantPath.ts';

/** Everything that is kept of a tenant. Only the parent is changed here (R4.2). */
export function TenantPage() {
  const text = useText();
  const { slug } = useParams({ strict: false }) as { slug: string };
  const { data: tenant, error, refetch } = useQuery(answerOf(getTenant, { params: { slug } }));
  if (error && !tenant) return <FailureState error={error} order={1} retry={() => void refetch()} />;
  if (!tenant) return <WaitingPage />;
  return (
    <Page
      title={tenant.name}
      lead={tenant.description || undefined}
      badge={<TenantStatus status={tenant.status} />}
      actions={
        <>
          <WhyButton record={`tenant:${tenant.slug}`} acts={['change', 'move', 'deactivate', 'reactivate']} />
          <TenantActions tenant={tenant} />
        </>
      }
      back={<Line tenant={tenant} />}
    >
      <TenantFacts tenant={tenant} />
      <Section title={text('usage.title')} lead={text('usage.lead')}>
        <UsageFacts limits={tenant} usage={tenant.usage} />
      </Section>
      {tenant.can.update && <LogoSection tenant={tenant} />}
      <ParentSection key={`${tenant.slug} ${tenant.version}`} tenant={tenant} />
      {tenant.subtenants > 0 && (
        <Section title={text('tenant.subtenants')}>
          <TenantTable parent={tenant.slug} />
        </Section>
      )}
    </Page>
  );
}

/** The way down to the tenant, as far as one may read it. */
function Line({ tenant }: { tenant: Tenant }) {
  const text = useText();
  return (
    <nav aria-label={text('tenant.line')}>
      <Link to="/administration/tenants">{text('tenants.title')}</Link>
      {tenant.line.toReversed().map(({ slug, name }) => (
        <span key={slug}>
          {' / '}
          <Link to={tenantPath(slug)}>{name}</Link>
        </span>
      ))}
    </nav>
  );
}
