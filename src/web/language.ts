import { useSyncExternalStore } from 'react';

export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

const key = 'tenantry.language';

interface Locale {
  language: Language;
  /** Of the person; the device's until somebody is signed in. */
  timeZone: string | undefined;
}

let locale: Locale = { language: firstLanguage(), timeZone: undefined };
const listeners = new Set<() => void>();

function isLanguage(value: string | null | undefined): value is Language {
  return (languages as readonly (string | null | undefined)[]).includes(value);
}

/** What was chosen here before, otherwise the first of the browser's languages that we speak. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(key);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function currentLanguage(): Language {
  return locale.language;
}

export function setLocale(next: Partial<Locale>): void {
  if (next.language) localStorage.setItem(key, next.language);
  locale = { ...locale, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLocale(): Locale {
  return useSyncExternalStore(subscribe, () => locale);
}
