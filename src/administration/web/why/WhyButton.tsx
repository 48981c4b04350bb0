import { Button } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import { later } from '../../../ui/later.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { Act } from '../../why/why.api.ts';

// Few ask, and seldom: what asks is loaded then.
const WhyDialog = later(async () => (await import('./WhyDialog.tsx')).WhyDialog);

interface WhyButtonProps {
  /** Whom it is asked of; to be chosen where it is asked of a record. */
  person?: Pickable;
  /** What it is asked about, as the endpoint takes it; to be written where it is asked of a person. */
  record?: string;
  /** A list, of which one of its records can be asked about as well. */
  list?: string;
  /** On the page of a person: the record that they are, to ask who may do what with it. */
  about?: string;
  /** A refusal that was shown. */
  refusal?: string;
  /** What may be asked of the record, beside whether it is seen. */
  acts?: readonly Act[];
  /** In a row of a list: of which record. */
  named?: string;
  small?: boolean;
}

/** R10.5: for administrators, on the page of a record, a list or a person, and beside what was refused. */
export function WhyButton({ named, small, ...asked }: WhyButtonProps) {
  const text = useText();
  const { may } = useSession();
  const [opened, setOpened] = useState(false);
  if (!may('person.administer')) return null;
  return (
    <>
      <Button
        variant="subtle"
        size={small ? 'compact-sm' : undefined}
        leftSection={small ? undefined : <IconHelpCircle size={18} aria-hidden />}
        aria-label={named === undefined ? undefined : `${text('why.ask')} ${named}`}
        onPointerEnter={WhyDialog.load}
        onFocus={WhyDialog.load}
        onClick={() => setOpened(true)}
      >
        {text('why.ask')}
      </Button>
      {opened && <WhyDialog {...asked} close={() => setOpened(false)} missed={() => setOpened(false)} />}
    </>
  );
}
