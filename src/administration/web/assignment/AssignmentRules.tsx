import { ActionIcon, Button, Group, List, Stack } from '@mantine/core';
import { IconEye, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { previewAssignment } from '../../../tenancy/switch/assignment.api.ts';
import type { Pickable } from '../../../ui/form/PickRecord.tsx';
import type { MessageId } from '../../../web/messages.ts';
import { useAct } from '../../../web/queries.ts';
import { type Say, useText } from '../../../web/text.ts';
import css from '../ExposureField.module.css';
import { AddRule } from './AddRule.tsx';
import { AssignmentPreview } from './AssignmentPreview.tsx';
import { ruleTextOf } from './ruleTexts.ts';

interface AssignmentRulesProps {
  rules: readonly string[];
  change: (rules: string[]) => void;
  /** As part of the enabling, which gives the rest to the provider. */
  enabling?: boolean;
}

/** R1.6: which records become whose, in the order in which the rules count, with what they would do. */
export function AssignmentRules({ rules, change, enabling = false }: AssignmentRulesProps) {
  const text = useText();
  const act = useAct(previewAssignment);
  // Rules hold ids; what they were chosen by is remembered for as long as the page is there.
  const [labels, setLabels] = useState<Readonly<Record<string, string>>>({});
  const add = (added: readonly string[], picked: readonly Pickable[]) => {
    setLabels({ ...labels, ...Object.fromEntries(picked.map(({ value, label }) => [value, label])) });
    change([...rules, ...added.filter((rule) => !rules.includes(rule))]);
    act.reset();
  };
  const remove = (rule: string) => {
    change(rules.filter((one) => one !== rule));
    act.reset();
  };
  return (
    <Stack gap="sm">
      {rules.length > 0 && (
        <List type="ordered" size="sm" spacing={4} aria-label={text('assignment.rules')}>
          {rules.map((rule) => (
            <List.Item key={rule}>
              <Group component="span" gap="xs" wrap="nowrap" align="flex-start">
                <span className={css.rule}>{wordsOf(rule, labels, text)}</span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="sm"
                  aria-label={text('assignment.remove', { rule: wordsOf(rule, labels, text) })}
                  onClick={() => remove(rule)}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
      <AddRule add={add} />
      <Group>
        <Button
          variant="default"
          leftSection={<IconEye size={18} aria-hidden />}
          loading={act.isPending}
          onClick={() => act.mutate({ body: { rules: [...rules], enabling } })}
        >
          {text('assignment.preview')}
        </Button>
      </Group>
      <div aria-live="polite">
        {act.data && (
          <AssignmentPreview preview={act.data} enabling={enabling} wordsOf={(rule) => wordsOf(rule, labels, text)} />
        )}
      </div>
    </Stack>
  );
}

function wordsOf(rule: string, labels: Readonly<Record<string, string>>, text: Say): string {
  const { what, kind, subject, tenant } = ruleTextOf(rule);
  return text(`assignment.says.${what}`, {
    kind: kind ? text(`crossings.kind.${kind}` as MessageId) : '',
    subject: labels[subject] ?? subject,
    tenant: tenant === 'public' ? text('assignment.public') : (labels[tenant] ?? tenant),
  });
}
