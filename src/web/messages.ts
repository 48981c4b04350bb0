import type { Language } from './language.ts';
import type { messages } from './messages.en.ts';

/** Every text of the browser. A text that is missing in English is a type error where it is used. */
export type MessageId = keyof typeof messages;
/** And one that is missing in Spanish is a type error in `messages.es.ts`. */
export type Messages = Readonly<Record<MessageId, string>>;

const loaded = new Map<Language, Messages>();

/** One chunk a language: nobody loads both. */
export async function loadMessages(language: Language): Promise<Messages> {
  const known = loaded.get(language);
  if (known) return known;
  const chunk = language === 'es' ? await import('./messages.es.ts') : await import('./messages.en.ts');
  loaded.set(language, chunk.messages);
  return chunk.messages;
}
