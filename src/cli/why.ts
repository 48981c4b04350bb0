import { type Command, Option } from 'commander';
import { type Act, acts, askWhy, type WhyAnswer } from '../administration/why/why.api.ts';
import { withApi } from './connection.ts';
import type { Context } from './main.ts';
import type { Output } from './output.ts';

/** R10.5: why somebody can or cannot see or do something. */
export function addWhyCommand(program: Command, context: () => Context): void {
  program
    .command('why <person> <record>')
    .description('why a person can or cannot see a record, or do something with it')
    .addOption(new Option('--act <act>', 'what is to be done').choices([...acts]).default('read'))
    .addHelpText(
      'after',
      `
person: name@address, or the identity that the API has for them
record: ACME-42, ACME-R7, tenant:acme, person:…, role:…, category:…, location:…, assignment-group:…,
        or a list: tickets, requests, people, roles, categories, locations, assignment-groups, tenants`,
    )
    .action((person: string, record: string, { act }: { act: Act }) => why(context(), person, record, act));
}

async function why({ config, output, as }: Context, person: string, record: string, act: Act): Promise<void> {
  const answer = await withApi(config, output, as, (api) => api.call(askWhy, { query: { person, record, act } }));
  output.result(answer, linesOf(answer, output));
}

const words = {
  en: { yes: 'yes', no: 'no', nobody: 'There is no membership to act under.' },
  es: { yes: 'sí', no: 'no', nobody: 'No hay ninguna pertenencia con la que actuar.' },
};

function linesOf({ person, record, act, memberships }: WhyAnswer, { language }: Output): string[] {
  const say = words[language];
  const about = `${person.name} · ${act} · ${record.label || record.kind}`;
  if (!memberships.length) return [about, say.nobody];
  return memberships.flatMap(({ role, allowed, steps }) => [
    `${about} (${role}): ${allowed ? say.yes : say.no}`,
    ...steps.map(({ passed, text, rules }) => `  ${passed ? '✓' : '✗'} ${text[language]} [${rules.join(', ')}]`),
  ]);
}
