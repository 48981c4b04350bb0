import { useQueries } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { AnswerOf } from '../../../platform/endpoints.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FailureState } from '../../../ui/FailureState.tsx';
import { Tree, type TreeItem } from '../../../ui/Tree.tsx';
import { answerOf } from '../../../web/queries.ts';
import { WaitingPage } from '../../../web/shells/OtherPages.tsx';
import { type Say, useText } from '../../../web/text.ts';
import { listTenants } from '../../tenants/tenants.api.ts';
import { TenantStatus } from './TenantStatus.tsx';
import css from './TenantTree.module.css';
import { tenantPath } from './tenantPath.ts';

type Level = AnswerOf<typeof listTenants>;
const top = 'none';

/** Asks for the subtenants of a branch when it is opened first: there may be thousands. */
export function TenantTree() {
  const text = useText();
  const navigate = useNavigate();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const wanted = [top, ...opened];
  const answers = useQueries({
    queries: wanted.map((parent) => answerOf(listTenants, { query: { parent, limit: 200 } })),
  });
  const levels = new Map(wanted.map((parent, index) => [parent, answers[index]?.data]));
  const failed = new Set(wanted.filter((_parent, index) => answers[index]?.isError && !answers[index]?.data));
  const toggle = (id: string, open: boolean) =>
    setOpened((before) => (open ? new Set([...before, id]) : new Set([...before].filter((one) => one !== id))));
  const first = answers[0];
  if (first?.error) return <FailureState error={first.error} retry={() => void first.refetch()} />;
  if (!first?.data) return <WaitingPage />;
  if (!first.data.items.length) return <EmptyState title={text('tenants.none')} />;
  return (
    <div className={css.frame}>
      <Tree
        label={text('tenants.title')}
        items={branchesOf(top, { levels, failed }, text)}
        opened={opened}
        toggle={toggle}
        choose={(id) => {
          const again = wanted.findIndex((parent) => failedBranch(parent) === id);
          if (again < 0) void navigate({ to: tenantPath(id) });
          else void answers[again]?.refetch();
        }}
      />
    </div>
  );
}

interface Known {
  levels: ReadonlyMap<string, Level | undefined>;
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
  // More than a page below one parent: its own page lists them all.
  return level?.next ? [...branches, { id: parent, label: text('tenants.more-below') }] : branches;
}
