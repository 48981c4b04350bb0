import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { type Language, languages, useLocale } from '../language.ts';
import { useText } from '../text.ts';
import { languageNames, schemes } from './Preferences.tsx';

export function LanguageItems({ choose }: { choose: (language: Language) => void }) {
  const { language } = useLocale();
  return (
    <Menu.RadioGroup value={language} onChange={(next) => choose(next as Language)}>
      {languages.map((name) => (
        <Menu.RadioItem key={name} value={name} lang={name}>
          {languageNames[name]}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

export function SchemeItems() {
  const text = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(next) => setColorScheme(next as MantineColorScheme)}>
      {schemes.map((scheme) => (
        <Menu.RadioItem key={scheme} value={scheme}>
          {text(`ui.scheme-${scheme}` as 'ui.scheme-light')}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}
