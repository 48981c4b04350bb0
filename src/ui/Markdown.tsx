import { lexer, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode } from 'react';
import css from './Markdown.module.css';

interface MarkdownProps {
  children: string;
  /** Of the text, for those who hear it. */
  lang?: string;
  /** What its greatest heading is: below the one that the text stands under. */
  top?: 2 | 4;
}

/**
 * A text that somebody wrote in Markdown. It becomes elements, never HTML: tags in it are read as text, links lead to web
 * pages and addresses of mail alone, and pictures are named and not loaded.
 */
export function Markdown({ children, lang, top = 2 }: MarkdownProps) {
  const tokens = lexer(children);
  const depths = tokens.map((token) => (token.type === 'heading' ? (token as Tokens.Heading).depth : 6));
  return (
    <div className={css.text} lang={lang}>
      {each(tokens, (token) => block(token, top - Math.min(...depths, 6)))}
    </div>
  );
}

function each(tokens: readonly Token[] | undefined, show: (token: Token) => ReactNode): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
  return tokens?.map((token, at) => <Fragment key={at}>{show(token)}</Fragment>);
}

function block(token: Token, shift: number): ReactNode {
  const inside = () => each(token.type === 'text' ? [token] : (token as Tokens.Generic).tokens, inline);
  switch (token.type) {
    case 'heading':
      return heading(Math.min(6, (token as Tokens.Heading).depth + shift), inside());
    case 'paragraph':
      return <p>{inside()}</p>;
    case 'blockquote':
      return <blockquote>{each((token as Tokens.Blockquote).tokens, (one) => block(one, shift))}</blockquote>;
    case 'list':
      return list(token as Tokens.List, shift);
    case 'code':
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      );
    case 'hr':
      return <hr />;
    case 'table':
      return table(token as Tokens.Table);
    case 'space':
    case 'def':
      return null;
    case 'text':
      return (token as Tokens.Text).tokens ? each((token as Tokens.Text).tokens, inline) : (token as Tokens.Text).text;
    default:
      return <p>{token.raw}</p>;
  }
}

function heading(level: number, children: ReactNode): ReactNode {
  const Heading = `h${level}` as 'h2';
  return <Heading>{children}</Heading>;
}

function list({ ordered, start, items }: Tokens.List, shift: number): ReactNode {
  const entries = items.map((item, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
    <li key={at}>{each(item.tokens, (one) => block(one, shift))}</li>
  ));
  return ordered ? <ol start={start === '' ? 1 : start}>{entries}</ol> : <ul>{entries}</ul>;
}

function table({ header, rows }: Tokens.Table): ReactNode {
  const cells = (of: readonly Tokens.TableCell[], Cell: 'th' | 'td') =>
    of.map((cell, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
      <Cell key={at}>{each(cell.tokens, inline)}</Cell>
    ));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1)
    <div className={css.wide} tabIndex={0}>
      <table>
        <thead>
          <tr>{cells(header, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other name
            <tr key={at}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(token: Token): ReactNode {
  const inside = () => each((token as Tokens.Generic).tokens, inline);
  switch (token.type) {
    case 'strong':
      return <strong>{inside()}</strong>;
    case 'em':
      return <em>{inside()}</em>;
    case 'del':
      return <del>{inside()}</del>;
    case 'codespan':
      return <code>{(token as Tokens.Codespan).text}</code>;
    case 'br':
      return <br />;
    case 'link':
      return link((token as Tokens.Link).href, inside());
    case 'image':
      return link((token as Tokens.Image).href, (token as Tokens.Image).text || (token as Tokens.Image).href);
    case 'text':
      return (token as Tokens.Text).tokens ? inside() : unescaped((token as Tokens.Text).text);
    case 'escape':
      return (token as Tokens.Escape).text;
    default:
      return token.raw;
  }
}

function link(href: string, children: ReactNode): ReactNode {
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return children;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  nbsp: '\u00a0',
};

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_whole, name: string) => entities[name] as string);
}
