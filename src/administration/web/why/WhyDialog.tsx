import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { FailureState } from '../../../ui/FailureState.tsx';
import { FormDialog } from '../../../ui/FormDialog.tsx';
import { type Pickable, PickRecord } from '../../../ui/form/PickRecord.tsx';
import { answerOf } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import { type Act, acts as allActs, askWhy } from '../../why/why.api.ts';
import { findPeople } from '../choices.ts';
import { Explanation } from './Explanation.tsx';
import { RefusalExplained } from './RefusalExplained.tsx';
import { useOneself } from './useOneself.ts';

interface WhyDialogProps {
  person?: Pickable;
  record?: string;
  list?: string;
  about?: string;
  refusal?: string;
  acts?: readonly Act[];
  close: () => void;
}

const lists = ['tickets', 'requests', 'people'];
interface Question {
  person: string;
  record: string;
  act: Act | undefined;
  field: string | undefined;
}

export function WhyDialog({
  person: given,
  record: fixed,
  list,
  about,
  refusal,
  acts = allActs,
  close,
}: WhyDialogProps) {
  const text = useText();
  const oneself = useOneself();
  const [person, setPerson] = useState<Pickable | null>(about ? null : (given ?? (refusal ? oneself : null)));
  const [record, setRecord] = useState(fixed ?? list ?? about ?? '');
  const [act, setAct] = useState<Act>('read');
  const [field, setField] = useState('');
  const [asked, setAsked] = useState<Question | null>(null);
  const answer = useQuery({
    ...answerOf(askWhy, { query: asked ?? { person: '', record: '' } }),
    enabled: asked !== null,
    staleTime: 0,
    gcTime: 0,
  });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (!person || !record.trim()) return;
    const named = field.trim() || undefined;
    // To see it is what is asked first; of a field, what changes it is found by itself.
    const wanted = {
      person: person.value,
      record: record.trim(),
      act: named && act === 'read' ? undefined : act,
      field: named,
    };
    if (JSON.stringify(wanted) === JSON.stringify(asked)) void answer.refetch();
    setAsked(wanted);
  };
  return (
    <FormDialog opened close={close} title={text(refusal ? 'why.title-refusal' : 'why.title')} size="lg">
      {refusal && <RefusalExplained refusal={refusal} />}
      <form onSubmit={ask}>
        <Stack>
          <Text size="sm">{text('why.lead')}</Text>
          <PickRecord
            label={text('why.person')}
            placeholder={text('why.person.search')}
            kind="people"
            find={findPeople}
            value={person}
            change={setPerson}
            required
          />
          {fixed === undefined && (
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
            data={[...new Set<Act>(['read', ...acts])].map((value) => ({ value, label: text(`why.act.${value}`) }))}
          />
          <TextInput
            label={text('why.field')}
            description={text('why.field.hint', { examples: 'title, status, tenant' })}
            value={field}
            onChange={(event) => setField(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
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
