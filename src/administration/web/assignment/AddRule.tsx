import { Button, Checkbox, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { finderOf } from '../../../desk/web/finders.ts';
import { findTenants } from '../../../tenancy/web/choices.ts';
import { type Pickable, PickRecord } from '../../../ui/form/PickRecord.tsx';
import { useText } from '../../../web/text.ts';
import css from '../ExposureField.module.css';
import { type AssignableKind, assignableKinds, recordRulesOf } from './ruleTexts.ts';

const ways = ['domain', 'location', 'requester', 'kind', 'record', 'lines'] as const;
type Way = (typeof ways)[number];
const kinds = Object.keys(assignableKinds) as AssignableKind[];

interface AddRuleProps {
  add: (rules: readonly string[], picked: readonly Pickable[]) => void;
}

interface Draft {
  way: Way;
  subject: string;
  location: Pickable | null;
  kind: AssignableKind;
  tenant: Pickable | null;
  public: boolean;
}

const empty = { subject: '', location: null, tenant: null, public: false };

/** One rule more: what it looks at, and whose that becomes. */
export function AddRule({ add }: AddRuleProps) {
  const text = useText();
  const [draft, setDraft] = useState<Draft>({ way: 'domain', kind: 'desk.tickets', ...empty });
  const [missing, setMissing] = useState(false);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const words = new Map(
    kinds.flatMap((kind) => [[kind, kind] as const, [text(`crossings.kind.${kind}`).toLowerCase(), kind] as const]),
  );
  const made = rulesOf(draft, words);
  const submit = () => {
    setMissing(!made.rules.length || made.faults.length > 0);
    if (!made.rules.length || made.faults.length) return;
    add(
      made.rules,
      [draft.location, draft.tenant].filter((one) => one !== null),
    );
    setDraft({ ...draft, ...empty });
  };
  const asksKind = draft.way === 'kind' || draft.way === 'record';
  const mayBePublic = asksKind && assignableKinds[draft.kind].public;
  return (
    <fieldset className={css.exposure}>
      <legend className={css.legend}>{text('assignment.add')}</legend>
      <Stack gap="sm">
        <NativeSelect
          label={text('assignment.way')}
          value={draft.way}
          onChange={(event) => set({ way: event.currentTarget.value as Way, ...empty })}
          data={ways.map((value) => ({ value, label: text(`assignment.way.${value}`) }))}
        />
        {asksKind && (
          <NativeSelect
            label={text('assignment.kind')}
            value={draft.kind}
            onChange={(event) => set({ kind: event.currentTarget.value as AssignableKind, public: false })}
            data={kinds.map((value) => ({ value, label: text(`crossings.kind.${value}`) }))}
          />
        )}
        {(draft.way === 'domain' || draft.way === 'record') && (
          <TextInput
            label={text(`assignment.subject.${draft.way}`)}
            value={draft.subject}
            autoComplete="off"
            error={missing && !draft.subject.trim() ? text('assignment.missing') : undefined}
            onChange={(event) => set({ subject: event.currentTarget.value })}
          />
        )}
        {draft.way === 'location' && (
          <PickRecord
            label={text('assignment.subject.location')}
            kind="assigned-locations"
            find={finderOf('location', undefined)}
            value={draft.location}
            error={missing && !draft.location ? text('assignment.missing') : undefined}
            change={(location) => set({ location })}
          />
        )}
        {draft.way === 'lines' && (
          <Textarea
            label={text('assignment.subject.lines')}
            description={text('assignment.subject.lines.hint')}
            autosize
            minRows={4}
            maxRows={12}
            value={draft.subject}
            error={
              missing
                ? text('assignment.faults', { count: made.faults.length, lines: made.faults.slice(0, 10).join(', ') })
                : undefined
            }
            onChange={(event) => set({ subject: event.currentTarget.value })}
          />
        )}
        {mayBePublic && (
          <Checkbox
            label={text('assignment.make-public')}
            checked={draft.public}
            onChange={(event) => set({ public: event.currentTarget.checked })}
          />
        )}
        {draft.way !== 'requester' && draft.way !== 'lines' && !draft.public && (
          <PickRecord
            label={text('assignment.tenant')}
            kind="tenants"
            find={(search) => findTenants(search)}
            value={draft.tenant}
            error={missing && !draft.tenant ? text('assignment.missing') : undefined}
            change={(tenant) => set({ tenant })}
          />
        )}
        <Button variant="light" leftSection={<IconPlus size={18} aria-hidden />} onClick={submit}>
          {text('assignment.add-rule')}
        </Button>
      </Stack>
    </fieldset>
  );
}

function rulesOf(draft: Draft, words: ReadonlyMap<string, AssignableKind>): { rules: string[]; faults: number[] } {
  if (draft.way === 'lines') return recordRulesOf(draft.subject, words);
  const tenant = draft.public ? 'public' : draft.tenant?.value;
  const subject = draft.subject.trim().replace(/^@/, '');
  const one = (rule: string | false) => ({ rules: rule ? [rule] : [], faults: [] });
  if (draft.way === 'requester') return one('requester=');
  if (!tenant) return one(false);
  if (draft.way === 'kind') return one(`kind/${draft.kind}=${tenant}`);
  if (draft.way === 'location') return one(draft.location !== null && `location/${draft.location.value}=${tenant}`);
  if (draft.way === 'record') return one(subject !== '' && `record/${draft.kind}/${subject}=${tenant}`);
  return one(/^[A-Za-z0-9.-]+$/.test(subject) && `domain/${subject.toLowerCase()}=${tenant}`);
}
