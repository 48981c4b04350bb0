import { ActionIcon, Button, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { type Language, languages, setLocale, useLocale } from '../language.ts';
import { useText } from '../text.ts';

/** Each language in its own words: whoever looks for theirs does not read the present one. */
export const languageNames: Record<Language, string> = { en: 'English', es: 'Español' };

const schemes: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];
const schemeIcons = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop };

export function LanguageMenu() {
  const text = useText();
  const { language } = useLocale();
  return (
    <Menu withinPortal={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          leftSection={<IconLanguage size={18} aria-hidden />}
          aria-label={`${text('ui.language')}: ${languageNames[language]}`}
        >
          {languageNames[language]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems choose={(next) => setLocale({ language: next })} />
      </Menu.Dropdown>
    </Menu>
  );
}

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

export function SchemeMenu() {
  const text = useText();
  const { colorScheme } = useMantineColorScheme();
  const Icon = schemeIcons[colorScheme];
  return (
    <Menu withinPortal={false}>
      <Menu.Target>
        <ActionIcon aria-label={text('ui.scheme')} title={text('ui.scheme')}>
          <Icon size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <SchemeItems />
      </Menu.Dropdown>
    </Menu>
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
