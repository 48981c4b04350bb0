import { type Command, Option } from 'commander';
import {
  type Act,
  acts,
  askWhy,
  type ExplainedRefusal,
  explainRefusal,
  type WhyAnswer,
} from '../administration/why/why.api.ts';
import { withApi } from './connection.ts';
import type { Context } from './main.ts';
import type { Output } from './output.ts';

/** R10.5: why somebody can or cannot see or do something. */
export function addWhyCommand(program: Command, context: () => Context): void {
  program
    .command('why <person> <record>')
    .description('why a person can or cannot see a record, or do something with it')
    .addOption(new Option('--act <act>', 'what is to be done; by default, to see it').choices([...acts]))
    .option('--field <field>', 'one field of the record: why it cannot be changed, or with --act read is not shown')
    .option('--refusal <refusal>', 'what was shown: its type, its sentence, or the whole problem document')
    .addHelpText(
      'after',
      `
person: name@address, the identity that the API has for them, or @me
record: ACME-42, ACME-R7, tenant:acme, offering:add-tenant, person:…, role:…, category:…, location:…,
        assignment-group:…, tenant-group:…, terms-statement:…,
        or a list: tickets, requests, people, invitations, roles, categories, locations, assignment-groups,
        terms-statements, consents, catalog, audit-entries, tenants, tenant-groups`,
    )
    .action((person: string, record: string, more: More) => why(context(), { person, record, ...more }));
  program
    .command('why-refused <refusal>')
    .description('what a refusal means: by its type, its sentence, or the whole problem document')
    .action((refusal: string) => whyRefused(context(), refusal));
}

interface More {
  act?: Act;
  field?: string;
  refusal?: string;
}

async function why({ config, output, as }: Context, query: More & { person: string; record: string }): Promise<void> {
  const answer = await withApi(config, output, as, (api) => api.call(askWhy, { query }));
  const refusal = answer.refusal ? refusalLines(answer.refusal, output) : [];
  output.result(answer, [...refusal, ...linesOf(answer, output)]);
}

async function whyRefused({ config, output, as }: Context, refusal: string): Promise<void> {
  const answer = await withApi(config, output, as, (api) => api.call(explainRefusal, { query: { refusal } }));
  output.result(answer, refusalLines(answer, output));
}

function refusalLines({ type, status, text, rules, meaning }: ExplainedRefusal, { language }: Output): string[] {
  return [`${status} ${type}${text ? `: ${text[language]}` : ''}`, `  ${meaning[language]} [${rules.join(', ')}]`];
}

const words = {
  en: { yes: 'yes', no: 'no', nobody: 'There is no membership to act under.' },
  es: { yes: 'sí', no: 'no', nobody: 'No hay ninguna pertenencia con la que actuar.' },
};

function linesOf({ person, record, act, field, memberships }: WhyAnswer, { language }: Output): string[] {
  const say = words[language];
  const about = `${person.name} · ${act}${field ? ` ${field}` : ''} · ${record.label || record.kind}`;
  if (!memberships.length) return [about, say.nobody];
  return memberships.flatMap(({ role, allowed, steps }) => [
    `${about} (${role}): ${allowed ? say.yes : say.no}`,
    ...steps.map(({ passed, text, rules }) => `  ${passed ? '✓' : '✗'} ${text[language]} [${rules.join(', ')}]`),
  ]);
}
