import { expect, type Page } from '@playwright/test';

/** Words that nobody of a single organization may ever meet (R1.3, R10.1), in either language. */
const words =
  /\b(multi-?\s?tenan\w*|multi-?client\w*|sub-?tenan\w*|tenan(?!try)\w*|subclient\w*|clientes?|inquilin\w*)\b/i;

/** Looks at everything that a person or their screen reader can come upon: text, attributes, title, address. */
export async function expectNoTenancyWords(page: Page, { except = '' } = {}): Promise<void> {
  const shown = await page.evaluate(() => {
    const attributes = [
      'title',
      'aria-label',
      'aria-description',
      'placeholder',
      'alt',
      'href',
      'value',
      'name',
      'action',
    ];
    const texts = [...document.querySelectorAll('body *:not(script):not(style)')].flatMap((element) => [
      ...[...element.childNodes]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent ?? ''),
      ...attributes.map((name) => element.getAttribute(name) ?? ''),
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.value : '',
    ]);
    return [document.title, location.pathname + location.search + location.hash, ...texts].filter((text) =>
      text.trim(),
    );
  });
  // An address that somebody typed is theirs.
  expect(shown.filter((text) => text !== except && words.test(text))).toEqual([]);
}
