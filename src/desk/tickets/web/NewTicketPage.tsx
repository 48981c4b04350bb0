import { useNavigate } from '@tanstack/react-router';
import { LongTextField, TextField } from '../../../ui/form/fields.tsx';
import { PickField } from '../../../ui/form/PickField.tsx';
import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import { RecordForm } from '../../../ui/form/RecordForm.tsx';
import { useRecordForm } from '../../../ui/form/useRecordForm.ts';
import { Link } from '../../../ui/Link.tsx';
import { OwnerNotice } from '../../../ui/OwnerNotice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { Sheet } from '../../../ui/Section.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useTenantFocus } from '../../../web/focus.ts';
import { useAct } from '../../../web/queries.ts';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import { type PersonPick, personFinder } from '../../web/finders.ts';
import { createTicket } from '../tickets.api.ts';
import { ClassFields } from './ClassFields.tsx';
import { ReferenceFields } from './ReferenceFields.tsx';

const references = ['category', 'location', 'group'] as const;

/** For whoever called or came by: the person first, who decides whose ticket it is (R7.1). */
export function NewTicketPage() {
  const text = useText();
  return (
    <Page title={text('tickets.new')} back={<Link to="/workspace/tickets">{text('tickets.title')}</Link>} narrow>
      <NewTicketForm />
    </Page>
  );
}

function NewTicketForm() {
  const text = useText();
  const { namesTenants, may } = useSession();
  const form = useNewTicketForm();
  const { requester } = form.values;
  const focus = useTenantFocus();
  const others = may('ticket.create-for-others') && may('person.read');
  return (
    <Sheet>
      <RecordForm form={form} submit={text('ticket.create')}>
        {others && (
          <PickField
            form={form}
            name="requester"
            label={text('ticket.requester')}
            hint={namesTenants ? text('ticket.requester.hint') : undefined}
            kind={`requester in ${focus}`}
            find={personFinder({ tenant: focus })}
            // What was chosen for one tenant may not exist for the next.
            picked={() => references.map((name) => form.set(name, null))}
          />
        )}
        {namesTenants && (
          <OwnerNotice
            label={text('ticket.whose')}
            name={requester?.tenant?.name ?? null}
            unknown={text('ticket.whose.none')}
          />
        )}
        <TextField form={form} name="title" label={text('ticket.title')} hint={text('ticket.title.hint')} />
        <LongTextField form={form} name="description" label={text('ticket.description')} />
        <ClassFields form={form} />
        {requester && <ReferenceFields form={form} tenant={requester.tenant?.slug} />}
      </RecordForm>
    </Sheet>
  );
}

function useNewTicketForm() {
  const text = useText();
  const navigate = useNavigate();
  const { acting, may } = useSession();
  const create = useAct(createTicket);
  const oneself: PersonPick = { value: acting.contactId, label: acting.displayName, tenant: acting.tenant };
  // Where somebody else may be meant, it is said who; a preset one would be overlooked.
  const others = may('ticket.create-for-others') && may('person.read');
  return useRecordForm({
    initial: {
      requester: others ? null : (oneself as PersonPick | null),
      title: '',
      description: '',
      type: 'incident' as const,
      impact: 'medium' as const,
      urgency: 'medium' as const,
      category: null as Pickable | null,
      location: null as Pickable | null,
      group: null as Pickable | null,
    },
    schema: { ...createTicket.body, required: ['requester', 'title'] },
    submit: async ({ requester, category, location, group, ...values }) => {
      const chosen = { category: category?.value, location: location?.value, group: group?.value };
      // The tenant that the form showed: when it is another one by now, nothing is created (R10.2).
      const whose = { requester: requester?.value, tenant: requester?.tenant?.slug };
      const ticket = await create.mutateAsync({ body: { ...values, ...chosen, ...whose } });
      showToast(text('ticket.created', { number: ticket.number }));
      await navigate({ to: `/workspace/tickets/${ticket.number}` });
    },
  });
}
