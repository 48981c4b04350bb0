import { useNavigate } from '@tanstack/react-router';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Tree, type TreeItem } from '../../../ui/Tree.tsx';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { type Say, useText } from '../../../web/text.ts';
import { TenantStatus } from './TenantStatus.tsx';
import css from './TenantTree.module.css';
import { placeOf } from './tenantPath.ts';
import { type TenantLevel, top, useTenantLevels } from './useTenantLevels.ts';

/** Asks for the subtenants of a branch when it is opened first. */
export function TenantTree() {
  const text = useText();
  const navigate = useNavigate();
  const { opened, toggle, levels, failed, retry, error } = useTenantLevels();
  if (error) return <FailureState error={error} retry={() => retry(top)} />;
  const first = levels.get(top);
  if (!first) return <WaitingPage />;
  if (!first.items.length) return <EmptyState title={text('tenants.none')} />;
  return (
    <div className={css.frame}>
      <Tree
        label={text('tenants.title')}
        items={branchesOf(top, { levels, failed }, text)}
        opened={opened}
        toggle={toggle}
        choose={(id) => {
          const again = [...failed].find((parent) => failedBranch(parent) === id);
          if (again) retry(again);
          else void navigate(placeOf(id) as never);
        }}
      />
    </div>
  );
}

interface Known {
  levels: ReadonlyMap<string, TenantLevel | undefined>;
  failed: ReadonlySet<string>;
}

/** Stands for what could not be loaded below a branch: choosing it tries again. */
const failedBranch = (parent: string) => `failed:${parent}`;

function branchesOf(parent: string, known: Known, text: Say): TreeItem[] {
  const { levels, failed } = known;
  if (failed.has(parent)) return [{ id: failedBranch(parent), label: text('tenants.branch-failed') }];
  const level = levels.get(parent);
  const branches = (level?.items ?? []).map((tenant): TreeItem => {
    const below = levels.get(tenant.slug);
    return {
      id: tenant.slug,
      label: tenant.name,
      aside: (
        <span className={css.aside}>
          {tenant.provider && <span className={css.provider}>{text('tenant.provider')}</span>}
          {tenant.status !== 'active' && <TenantStatus status={tenant.status} />}
          <span className={css.key}>{tenant.key}</span>
        </span>
      ),
      children: tenant.subtenants ? branchesOf(tenant.slug, known, text) : undefined,
      loading: levels.has(tenant.slug) && !below && !failed.has(tenant.slug),
    };
  });
  // More than a page below one parent: its own page lists them all; at the top, the table does.
  return level?.next ? [...branches, { id: parent, label: text('tenants.more-below') }] : branches;
}
