import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Section } from '../../../ui/Section.tsx';
import { useText } from '../../../web/text.ts';

interface EditableSectionProps {
  title: string;
  editable: boolean;
  children: ReactNode;
  /** The same as a form; `done` leads back. */
  edit: (done: () => void) => ReactNode;
}

/** A part of a record that is changed where it stands. */
export function EditableSection({ title, editable, children, edit }: EditableSectionProps) {
  const text = useText();
  const [editing, setEditing] = useState(false);
  const button = (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconPencil size={16} aria-hidden />}
      aria-label={text('ticket.edit-named', { part: title })}
      onClick={() => setEditing(true)}
    >
      {text('ticket.edit')}
    </Button>
  );
  return (
    <Section title={title} actions={editable && !editing && button}>
      {editing ? edit(() => setEditing(false)) : children}
    </Section>
  );
}
