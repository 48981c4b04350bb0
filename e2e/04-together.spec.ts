import { expect, test } from '@playwright/test';
import { getTicket, updateTicket } from '../src/desk/tickets/tickets.api.ts';
import { password } from './caller.ts';
import { type Prepared, prepare, speak } from './prepared.ts';
import { languages } from './texts.ts';
import { signIn, visitor } from './visitors.ts';

let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', process.env.E2E_ADMIN_USER ?? '', process.env.E2E_ADMIN_PASSWORD ?? '');
});

for (const language of languages) {
  test(`what was written is kept when somebody else was faster, in ${language}`, async ({ browser, baseURL }) => {
    await speak(prepared.lucia, language);
    const { page, say } = await visitor({ browser, address: baseURL ?? '', language });
    const part = { name: say('ticket.description'), exact: true };
    await signIn({ page, say, language }, 'lucia@norte-servicios', password);
    await page.goto(`/workspace/tickets/${prepared.ticket}`);
    await page.getByRole('button', { name: say('ticket.edit-named', { part: part.name }) }).click();
    await page.getByRole('textbox', part).fill(`Lucía's words in ${language}`);

    await changeElsewhere(`Changed elsewhere, ${language}`);
    await page.getByRole('button', { name: say('ui.save'), exact: true }).click();
    await expect(page.getByText(say('ticket.stale'))).toBeVisible();
    await expect(page.getByRole('textbox', part)).toHaveValue(`Lucía's words in ${language}`);
    await expect(page.getByText(say('ticket.now', { value: `Changed elsewhere, ${language}` }))).toBeVisible();

    await page.getByRole('button', { name: say('ui.save'), exact: true }).click();
    await expect(page.getByRole('button', { name: say('ticket.edit-named', { part: part.name }) })).toBeVisible();
    await expect(page.getByText(`Lucía's words in ${language}`)).toBeVisible();
  });
}

async function changeElsewhere(description: string): Promise<void> {
  const params = { number: prepared.ticket };
  const { version } = await prepared.administrator.call(getTicket, { params });
  await prepared.administrator.call(updateTicket, { params, version, body: { description } });
}
