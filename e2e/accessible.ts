import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** No violation of WCAG 2.2 AA that axe can find, on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`,
  );
  expect(told, page.url()).toEqual([]);
}

/** The page says what it is: one h1, which the title of the document begins with, and which has the focus (WCAG 2.4.3). */
export async function expectAnnounced(page: Page, title: string | RegExp): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, name: title });
  await expect(heading).toHaveCount(1);
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(typeof title === 'string' ? new RegExp(`^${escaped(title)}`) : title);
}

/** Nothing is cut off or scrolls sideways at 320 px (WCAG 1.4.10); tables scroll inside their own frame. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond, `${page.url()} is ${beyond} px too wide`).toBeLessThanOrEqual(0);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
