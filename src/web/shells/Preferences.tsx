import { type MantineColorScheme, NativeSelect, useMantineColorScheme } from '@mantine/core';
import { type Language, languages, setLocale, useLocale } from '../language.ts';
import { useText } from '../text.ts';

/** Each language in its own words: whoever looks for theirs does not read the present one. */
export const languageNames: Record<Language, string> = { en: 'English', es: 'Español' };

export const schemes: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

export function LanguageSelect() {
  const text = useText();
  const { language } = useLocale();
  return (
    <NativeSelect
      aria-label={text('ui.language')}
      data={languages.map((value) => ({ value, label: languageNames[value] }))}
      value={language}
      onChange={(event) => setLocale({ language: event.currentTarget.value as Language })}
    />
  );
}

export function SchemeSelect() {
  const text = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <NativeSelect
      aria-label={text('ui.scheme')}
      data={schemes.map((value) => ({ value, label: text(`ui.scheme-${value}` as 'ui.scheme-light') }))}
      value={colorScheme}
      onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
    />
  );
}
