import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from './Markdown.tsx';

const shown = (text: string) => renderToStaticMarkup(<Markdown>{text}</Markdown>);
const tagsOf = (html: string) => [...html.matchAll(/<([a-z0-9]+)([^>]*)>/g)].map(([, tag, rest]) => `${tag}${rest}`);

test('a text becomes headings, paragraphs, lists, tables and links', () => {
  const html = shown(
    '# Rules\n\nBe **kind** and *fair* & `<exact>`.\n\n1. one\n2. two\n   - inner\n\n> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[more](https://example.test/x)',
  );
  for (const part of [
    '<h2>Rules</h2>',
    '<strong>kind</strong> and <em>fair</em> &amp; <code>&lt;exact&gt;</code>',
    '<ol start="1"><li>',
    '<blockquote><p>quoted</p></blockquote>',
    '<td>1</td>',
    '<a href="https://example.test/x" target="_blank" rel="noopener noreferrer">more</a>',
  ])
    expect(html).toContain(part);
});

test('its greatest heading stands right below the one that the text stands under, whatever the author began with', () => {
  expect(shown('### Three\n\n#### Four')).toContain('<h2>Three</h2><h3>Four</h3>');
  expect(shown('## Two\n\n# One')).toContain('<h3>Two</h3><h2>One</h2>');
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'text <b onclick="alert(1)">bold</b> <iframe src="https://example.test"></iframe>',
  '[click](javascript:alert(1))',
  '[click](JaVaScRiPt:alert(1))',
  '[click](data:text/html,<script>alert(1)</script>)',
  '[click](vbscript:x) [b](&#106;avascript:alert(1)) [c](<javascript:alert(1)>)',
  '<javascript:alert(1)>',
  '![picture](https://example.test/track.png) ![p](javascript:alert(1))',
  '[x]: javascript:alert(1)\n\n[x]',
  '<style>*{display:none}</style>\n\n<svg onload=alert(1)>',
  '`<script>`\n\n    <script>alert(1)</script>\n\n```html\n<script>alert(1)</script>\n```',
  '<!-- --><form action="https://example.test"><input name=password></form>',
])('nothing in a text runs, loads or leads anywhere but to web and mail: %s', (text) => {
  for (const tag of tagsOf(shown(text))) {
    expect(tag).toMatch(/^(div|p|a|code|pre|strong|em|del|br|hr|ul|ol|li|blockquote|h[2-6])\b/);
    expect(tag).not.toMatch(/\bon\w+=|style=|src=/);
    const href = /href="([^"]*)"/.exec(tag)?.[1];
    if (href) expect(href).toMatch(/^(https?:\/\/|mailto:)/);
  }
});
