import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { WhyButton } from '../../../administration/web/why/WhyButton.tsx';
import { showToast } from '../../../ui/toast.ts';
import { useAct } from '../../../web/queries.ts';
import { useText } from '../../../web/text.ts';
import type { Choice } from '../choices.fields.ts';
import css from './ChoiceActions.module.css';
import type { ChoiceKind } from './choiceKinds.ts';

interface ChoiceActionsProps {
  kind: ChoiceKind;
  choice: Choice;
  edit: () => void;
  more: ReactNode;
}

export function ChoiceActions({ kind, choice, edit, more }: ChoiceActionsProps) {
  const text = useText();
  const { id, version, name, can } = choice;
  const deactivate = useAct(kind.deactivate);
  const reactivate = useAct(kind.reactivate);
  const step = (verb: 'deactivate' | 'reactivate', act: typeof deactivate) => (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={act.isPending}
      aria-label={`${text(`record.${verb}`)}: ${name}`}
      onClick={() =>
        act.mutate({ params: { id }, version }, { onSuccess: () => showToast(text(`choice.${verb}d`, { name })) })
      }
    >
      {text(`record.${verb}`)}
    </Button>
  );
  return (
    <div className={css.actions}>
      {more}
      {can.update && (
        <Button size="compact-sm" variant="subtle" aria-label={text('choice.edit-named', { name })} onClick={edit}>
          {text('choice.edit')}
        </Button>
      )}
      <WhyButton small named={name} record={`${kind.record}:${id}`} acts={['change', 'deactivate', 'reactivate']} />
      {can.deactivate && step('deactivate', deactivate)}
      {can.reactivate && step('reactivate', reactivate)}
    </div>
  );
}
