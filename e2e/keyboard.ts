import { expect, type Locator, type Page } from '@playwright/test';

/** Walks on until it is there; every stop on the way shows where the focus is (WCAG 2.4.7). */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let stops = 0; stops < 80; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
    expect(await focusedWithoutOutline(page)).toBeNull();
  }
  throw new Error(`${target} is not reached by ${key}`);
}

/** What has the focus and does not show it; null when all is well. */
function focusedWithoutOutline(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return null;
    // Radios and switches show it on what is drawn for them.
    const shown = [focused, focused.parentElement, focused.nextElementSibling].filter((element) => element !== null);
    const outlined = shown.some((element) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(element as Element);
      return outlineStyle !== 'none' && outlineWidth !== '0px';
    });
    return outlined ? null : focused.outerHTML;
  });
}
