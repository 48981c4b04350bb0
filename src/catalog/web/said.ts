import { useCallback } from 'react';
import { useLocale } from '../../web/language.ts';
import type { Text } from '../catalog.fields.ts';

/** Texts of the database come in both languages; says them in the reader's. */
export function useSaid(): (text: Text) => string {
  const { language } = useLocale();
  return useCallback((text) => text[language], [language]);
}
