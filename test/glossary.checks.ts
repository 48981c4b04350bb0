export interface Term {
  en: string[];
  es: string[];
  never: string[];
}

export interface Message {
  /** Where it stands. */
  id: string;
  en: string;
  es: string;
}

/** The rows of the first table of GLOSSARY.md. */
export function termsOf(glossary: string): Term[] {
  const [, table = ''] = glossary.split('|---|---|---|---|\n');
  const rows = table.split('\n\n')[0]?.split('\n') ?? [];
  return rows.filter(Boolean).map((row) => {
    const [en = '', es = '', , never = ''] = row.split(' |').map((cell) => cell.replace(/^\|/, '').trim());
    return { en: words(en), es: words(es), never: words(never) };
  });
}

function words(cell: string): string[] {
  return cell
    .split(',')
    .map((word) => word.replace(/^\|/, '').trim())
    .filter(Boolean);
}

/** *Cliente* and *client* are tenants; a program that calls another one is something else. */
const programs =
  /\bclientes? (?:de correo|web|http|de api|api|de escritorio|móvil|ligero)\b|\b(?:mail|web|http|api|desktop|mobile|thin) clients?\b/i;

/** Terms whose translation is held in every message: an English word, and what the Spanish sentence then says. */
const translations: [RegExp, RegExp][] = [
  [/\bsubtenants?\b/i, /subcliente/i],
  [/(?<!sub)(?<!multi-)\btenants?\b/i, /cliente/i],
  [/multi-tenancy/i, /multicliente/i],
  [/\borganizations?\b/i, /organizaci/i],
  [/\bmemberships?\b/i, /pertenencia/i],
  [/\bincidents?\b/i, /incidente/i],
  [/\bassignment groups?\b/i, /grupos? de asignaci/i],
  [/\brequesters?\b/i, /solicita/i],
  [/\bservice provider\b/i, /proveedor/i],
];

export function glossaryFaults(terms: readonly Term[], messages: readonly Message[]): string[] {
  const never = terms.flatMap((term) => term.never);
  return messages.flatMap(({ id, en, es }) => {
    const faults: string[] = [];
    for (const word of never) {
      for (const text of [en, es])
        if (text.toLowerCase().includes(word.toLowerCase())) faults.push(`${id} says “${word}”`);
    }
    for (const text of [en, es]) if (programs.test(text)) faults.push(`${id} calls a program a client`);
    if (/\bclients?\b/i.test(plain(en))) faults.push(`${id} says “client” for a tenant`);
    for (const [english, spanish] of translations) {
      if (english.test(plain(en)) && !spanish.test(es))
        faults.push(`${id} says ${english.exec(plain(en))?.[0]} in English, and in Spanish: ${es}`);
    }
    return faults;
  });
}

/** Without the names of what is put in: `{tenants, plural, …}` says nothing to people. */
function plain(text: string): string {
  return text
    .replaceAll(/\{\s*\w+\s*(?:,\s*(?:plural|select|number|date|selectordinal)\s*,)?/g, ' ')
    .replaceAll('}', ' ');
}
