import { expect, test } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './accessible.ts';
import { password } from './caller.ts';
import { tabTo } from './keyboard.ts';
import { type Prepared, prepare, speak } from './prepared.ts';
import { languages } from './texts.ts';
import { signIn, visitor } from './visitors.ts';

let prepared: Prepared;

test.beforeAll(async ({ baseURL }) => {
  test.setTimeout(120_000);
  prepared = await prepare(baseURL ?? '', process.env.E2E_ADMIN_USER ?? '', process.env.E2E_ADMIN_PASSWORD ?? '');
});

for (const [language, width] of [
  [languages[0], 1280],
  [languages[1], 320],
] as const) {
  test(`R3.1 the hierarchy is drawn, searched and walked by keyboard, in ${language} at ${width}`, async ({
    browser,
    baseURL,
  }) => {
    await speak(prepared.lucia, language);
    const { page, say } = await visitor({ browser, address: baseURL ?? '', language, width });
    await signIn({ page, say, language }, 'lucia@norte-servicios', password);
    await page.goto('/administration/tenants?view=chart');
    const tree = page.getByRole('tree', { name: say('chart.label') });
    const node = (name: string) => tree.getByRole('treeitem', { name });
    await expect(node('Norte Servicios')).toBeVisible();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);

    // Open, down, and back, as the arrows of every tree do.
    await tabTo(page, tree);
    await page.keyboard.press('a');
    await expect(node('Alba Hospitals')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(node('Alba Hospitals')).toHaveAttribute('aria-expanded', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(node('Alba Clinics South')).toHaveAttribute('aria-selected', 'true');
    await expect(node('Alba Clinics South')).toHaveAttribute('aria-level', '2');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect(node('Alba Hospitals')).toHaveAttribute('aria-expanded', 'false');
    await expect(node('Alba Clinics South')).toHaveCount(0);

    // Larger and smaller, all of it, and dragged away and back into sight by the arrows.
    const height = async () => (await node('Costa Logística').boundingBox())?.height ?? 0;
    const before = await height();
    await page.keyboard.press('+');
    await expect.poll(height).toBeGreaterThan(before);
    await page.keyboard.press('0');
    await expect.poll(height).toBe(before);
    const box = (await tree.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.move(box.x + box.width - 20, box.y + box.height - 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y - 900, { steps: 5 });
    await page.mouse.up();
    await expect(node('Norte Servicios')).toHaveCount(0);
    await tree.press('Home');
    await expect(node('Norte Servicios')).toBeInViewport();

    // Search first: what is below a closed branch is opened and brought to the middle.
    const find = page.getByRole('textbox', { name: say('chart.find') });
    await find.fill('South');
    await expect(page.getByRole('option', { name: 'Alba Clinics South' })).toBeVisible();
    await find.press('ArrowDown');
    await find.press('Enter');
    await expect(node('Alba Clinics South')).toHaveAttribute('aria-selected', 'true');
    await expect(tree).toBeFocused();
    await expectAccessible(page);
    await page.screenshot({ path: `test-results/chart-${language}.png` });
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Alba Clinics South' })).toBeFocused();
  });
}
