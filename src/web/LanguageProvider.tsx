import { type ReactNode, useEffect, useState } from 'react';
import { IntlProvider } from 'react-intl';
import { type Language, useLocale } from './language.ts';
import { loadMessages, type Messages } from './messages.ts';

/** Keeps showing the language of before until the texts of the next one are there. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const { language, timeZone } = useLocale();
  const [shown, setShown] = useState<{ language: Language; messages: Messages } | null>(null);
  useEffect(() => {
    let current = true;
    void loadMessages(language).then((messages) => {
      if (!current) return;
      document.documentElement.lang = language;
      setShown({ language, messages });
    });
    return () => {
      current = false;
    };
  }, [language]);
  if (!shown) return null;
  return (
    <IntlProvider locale={shown.language} messages={shown.messages} timeZone={timeZone} defaultLocale="en">
      {children}
    </IntlProvider>
  );
}
