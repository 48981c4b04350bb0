import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { StatusOf } from '../../../identity/web/StatusOf.tsx';
import { type Column, DataList } from '../../../ui/DataList.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Page } from '../../../ui/Page.tsx';
import { useTenantFocus } from '../../../web/focus.ts';
import { useList } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { Choice } from '../choices.fields.ts';
import { ChoiceActions } from './ChoiceActions.tsx';
import { ChoiceDialog } from './ChoiceDialog.tsx';
import { ChoiceFilterBar, useChoiceFilters } from './ChoiceFilterBar.tsx';
import type { ChoiceKind } from './choiceKinds.ts';

interface ChoicesPageProps {
  kind: ChoiceKind;
  /** What one should know of all of them. */
  above?: ReactNode;
  /** What one of this kind offers beside what all do. */
  more?: (choice: Choice) => ReactNode;
}

/** Records that tickets refer to: public ones, one's own, those from above. */
export function ChoicesPage({ kind, above, more }: ChoicesPageProps) {
  const text = useText();
  const { namesTenants, may, acting } = useSession();
  const filters = useChoiceFilters();
  const list = useList(kind.list, { query: { ...filters.query, tenant: useTenantFocus() } });
  // `new` or the one that is edited.
  const [open, setOpen] = useState<Choice | 'new' | null>(null);
  const tenant: Column<Choice> = {
    id: 'tenant',
    header: text('tenant.one'),
    cell: (choice) => (choice.public ? text('record.public') : (choice.tenant?.name ?? '')),
  };
  const add = may(kind.keeper) && acting.writes && (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen('new')}>
      {text(`${kind.name}.add`)}
    </Button>
  );
  return (
    <Page
      title={text(`${kind.name}.title`)}
      lead={text(`${kind.name}.lead`)}
      actions={
        <>
          <WhyButton list={kind.asked} acts={['add']} />
          {add}
        </>
      }
    >
      {above}
      <ChoiceFilterBar {...filters} />
      <DataList
        label={text(`${kind.name}.title`)}
        list={list}
        keyOf={(choice) => choice.id}
        columns={[
          { id: 'name', header: text('choice.name'), cell: (choice) => choice.name },
          { id: 'description', header: text('record.description'), cell: (choice) => choice.description || '—' },
          ...(namesTenants ? [tenant] : []),
          {
            id: 'status',
            header: text('record.status'),
            tight: true,
            cell: (choice) => <StatusOf status={choice.status} />,
          },
        ]}
        rowActions={(choice) => (
          <ChoiceActions kind={kind} choice={choice} edit={() => setOpen(choice)} more={more?.(choice)} />
        )}
        empty={<EmptyState title={text(filters.narrowed ? 'ui.nothing-found' : 'choices.none')} />}
      />
      {open && <ChoiceDialog kind={kind} choice={open === 'new' ? null : open} close={() => setOpen(null)} />}
    </Page>
  );
}
