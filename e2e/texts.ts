import { globSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';

export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

type Values = Record<string, string | number>;
/** A text as people read it: the journeys find everything by it, in whichever language they are made. */
export type Say = (id: string, values?: Values) => string;

export function sayIn(language: Language): Say {
  const messages = Object.assign({}, ...globSync(`src/**/messages.${language}.json`).map(readMessages)) as Record<
    string,
    string
  >;
  return (id, values) => {
    const message = messages[id];
    if (message === undefined) throw new Error(`no text “${id}” in ${language}`);
    return new IntlMessageFormat(message, language).format(values) as string;
  };
}

function readMessages(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Browsers say their language; the program answers in it until somebody chose another. */
export const locales: Record<Language, string> = { en: 'en-US', es: 'es-ES' };
