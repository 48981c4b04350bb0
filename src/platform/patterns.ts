interface Text {
  en: string;
  es: string;
}

const uuid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** What the patterns of schemas and of offerings' forms allow, for people: a pattern says it to nobody. */
const texts: Readonly<Record<string, Text>> = {
  '\\S': { en: 'This must not be blank.', es: 'No puede estar en blanco.' },
  '^[A-Za-z0-9]{2,8}$': {
    en: 'Use 2 to 8 letters (A to Z) or digits.',
    es: 'Use de 2 a 8 letras (de la A a la Z, sin acentos) o cifras.',
  },
  '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$': {
    en: 'Use lower-case letters (a to z), digits and hyphens, at most 63; the first and the last are a letter or a digit.',
    es: 'Use letras minúsculas (de la a a la z, sin acentos), cifras y guiones, como máximo 63; el primero y el último son una letra o una cifra.',
  },
  '^[A-Z]{3}$': {
    en: 'Use the three capital letters of a currency, such as EUR or USD.',
    es: 'Use las tres letras mayúsculas de una moneda, como EUR o USD.',
  },
  '^$|^[^\\s@]+@[^\\s@]+$': {
    en: 'Use an e-mail address, such as name@example.com.',
    es: 'Use una dirección de correo electrónico, como nombre@example.com.',
  },
  '^$|^https?://[^\\s]+$': {
    en: 'Use an address that begins with https:// or http://, without spaces.',
    es: 'Use una dirección que empiece por https:// o http://, sin espacios.',
  },
  [`^${uuid}$`]: { en: 'This must be the identity of a record.', es: 'Debe ser el identificador de un registro.' },
  '^[a-z0-9-]{1,63}:[0-9]{1,9}$': {
    en: 'Use a tenant’s address, a colon and its version, such as acme:3.',
    es: 'Use la dirección de un cliente, dos puntos y su versión, como acme:3.',
  },
};

/** Undefined for a pattern that people never fill in. */
export function patternText(pattern: string): Text | undefined {
  return texts[pattern];
}
