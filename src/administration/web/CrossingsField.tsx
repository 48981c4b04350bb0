import { NativeSelect, Table } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Crossing } from '../../tenancy/switch/switch.api.ts';
import type { WidgetProps } from '../../ui/form/SchemaFields.tsx';
import type { MessageId } from '../../web/messages.ts';
import { useText } from '../../web/text.ts';
import css from './ExposureField.module.css';

/**
 * R6.6: what enabling was refused for, each to be decided by itself. Nothing is shown before the first try: whether there
 * are any is judged by trying. What is decided is sent as `kind/field/id=rule`.
 */
export function CrossingsField({ form, name, label }: WidgetProps) {
  const text = useText();
  const [listed, setListed] = useState<Crossing[]>([]);
  const decided = form.values[name] as string[];
  const refused = form.details.crossings as Crossing[] | undefined;
  // What was decided before stays on the page, so that it can be decided otherwise.
  useEffect(() => {
    if (refused) setListed((before) => merged(before, refused));
  }, [refused]);
  if (!listed.length) return <p className={css.hint}>{text('crossings.none')}</p>;
  const decide = (one: Crossing, rule: string) => {
    const others = decided.filter((text) => !text.startsWith(`${placeOf(one)}=`));
    form.set(name, rule ? [...others, `${placeOf(one)}=${rule}`] : others);
  };
  const ruleOf = (one: Crossing) => decided.find((text) => text.startsWith(`${placeOf(one)}=`))?.split('=')[1] ?? '';
  return (
    <fieldset className={css.exposure}>
      <legend className={css.legend}>{label}</legend>
      <p className={css.hint} role="status">
        {text('crossings.count', { count: listed.length })}
        {form.details.more === 'true' && ` ${text('crossings.more')}`}
      </p>
      <Table.ScrollContainer minWidth={480}>
        <Table mt="sm" fz="sm" horizontalSpacing="xs" verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{text('crossings.record')}</Table.Th>
              <Table.Th scope="col">{text('crossings.target')}</Table.Th>
              <Table.Th scope="col">{text('crossings.rule')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {listed.map((one) => (
              <Table.Tr key={placeOf(one)}>
                <Table.Th scope="row">
                  {one.label}
                  <Detail kind={text(`crossings.kind.${one.kind}` as MessageId)} tenant={one.from} />
                </Table.Th>
                <Table.Td>
                  {one.target}
                  <Detail kind={text(`crossings.field.${one.field}` as MessageId)} tenant={one.to} />
                </Table.Td>
                <Table.Td>
                  <NativeSelect
                    aria-label={text('crossings.rule-for', { label: `${one.label} → ${one.target}` })}
                    value={ruleOf(one)}
                    onChange={(event) => decide(one, event.currentTarget.value)}
                    data={[
                      { value: '', label: text('crossings.undecided') },
                      ...one.rules.map((value) => ({
                        value,
                        label: text(`crossings.rule.${value}`, { target: one.target, tenant: one.from ?? '' }),
                      })),
                    ]}
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </fieldset>
  );
}

function Detail({ kind, tenant }: { kind: string; tenant: string | null }) {
  return <div className={css.hint}>{tenant ? `${kind} · ${tenant}` : kind}</div>;
}

function placeOf({ kind, field, id }: Crossing): string {
  return `${kind}/${field}/${id}`;
}

function merged(before: readonly Crossing[], now: readonly Crossing[]): Crossing[] {
  const all = new Map(before.map((one) => [placeOf(one), one]));
  for (const one of now) all.set(placeOf(one), one);
  return [...all.values()];
}
