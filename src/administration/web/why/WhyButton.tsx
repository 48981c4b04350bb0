import { Button } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import { useSession } from '../../../web/session.tsx';
import { useText } from '../../../web/text.ts';
import type { Act } from '../../why/why.api.ts';
import { WhyDialog } from './WhyDialog.tsx';

interface WhyButtonProps {
  /** Whom it is asked of; to be chosen where it is asked of a record. */
  person?: Pickable;
  /** What it is asked about, as the endpoint takes it; to be written where it is asked of a person. */
  record?: string;
  /** What may be asked of the record, beside whether it is seen. */
  acts?: readonly Act[];
}

/** R10.5: for administrators, on the page of a record or a person. */
export function WhyButton(props: WhyButtonProps) {
  const text = useText();
  const { may } = useSession();
  const [opened, setOpened] = useState(false);
  if (!may('person.administer')) return null;
  return (
    <>
      <Button variant="subtle" leftSection={<IconHelpCircle size={18} aria-hidden />} onClick={() => setOpened(true)}>
        {text('why.ask')}
      </Button>
      {opened && <WhyDialog {...props} close={() => setOpened(false)} />}
    </>
  );
}
