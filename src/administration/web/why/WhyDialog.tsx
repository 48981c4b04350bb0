import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FailureState } from '../../../ui/FailureState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { type Pickable, PickRecord } from '../../../ui/form/PickRecord.tsx';
import { answerOf } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { type Act, askWhy } from '../../why/why.api.ts';
import { findPeople } from '../choices.ts';
import { Explanation } from './Explanation.tsx';

interface WhyDialogProps {
  person?: Pickable;
  record?: string;
  acts?: readonly Act[];
  close: () => void;
}

const lists = ['tickets', 'requests', 'people'];
/** Of a record whose kind is not known yet. */
const usualActs: readonly Act[] = ['change'];

export function WhyDialog({ person: given, record: about, acts = usualActs, close }: WhyDialogProps) {
  const text = useText();
  const [person, setPerson] = useState<Pickable | null>(given ?? null);
  const [record, setRecord] = useState(about ?? '');
  const [act, setAct] = useState<Act>('read');
  const [asked, setAsked] = useState<{ person: string; record: string; act: Act } | null>(null);
  const answer = useQuery({
    ...answerOf(askWhy, { query: asked ?? { person: '', record: '' } }),
    enabled: asked !== null,
    staleTime: 0,
    gcTime: 0,
  });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (!person || !record.trim()) return;
    const wanted = { person: person.value, record: record.trim(), act };
    if (JSON.stringify(wanted) === JSON.stringify(asked)) void answer.refetch();
    setAsked(wanted);
  };
  return (
    <FormDialog
      opened
      close={close}
      title={given ? text('why.title-person', { name: given.label }) : text('why.title')}
      size="lg"
    >
      <form onSubmit={ask}>
        <Stack>
          <Text size="sm">{text('why.lead')}</Text>
          {!given && (
            <PickRecord
              label={text('why.person')}
              placeholder={text('why.person.search')}
              kind="people"
              find={findPeople}
              value={person}
              change={setPerson}
              required
            />
          )}
          {about === undefined && (
            <TextInput
              label={text('why.record')}
              description={text('why.record.hint', { example: 'ACME-42', lists: lists.join(', ') })}
              value={record}
              onChange={(event) => setRecord(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              required
            />
          )}
          <NativeSelect
            label={text('why.act')}
            value={act}
            onChange={(event) => setAct(event.currentTarget.value as Act)}
            data={(['read', ...acts] as const).map((value) => ({ value, label: text(`why.act.${value}`) }))}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={answer.isFetching} disabled={!person || !record.trim()}>
              {text('why.explain')}
            </Button>
          </Group>
        </Stack>
      </form>
      <div aria-live="polite">
        {asked && answer.error && <FailureState error={answer.error} retry={() => void answer.refetch()} />}
        {asked && answer.data && !answer.isFetching && <Explanation answer={answer.data} />}
      </div>
    </FormDialog>
  );
}
