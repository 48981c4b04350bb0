import { IntlMessageFormat } from 'intl-messageformat';

export type Language = 'en' | 'es';

export interface RefusalText {
  readonly status: number;
  /** ICU message format; a sentence that says what to do where there is something to do. */
  readonly en: string;
  readonly es: string;
  /** The rules that it comes from, of `docs/rules/tenancy.md` (R10.5). */
  readonly rules?: readonly string[];
}

export type RefusalDetails = Record<string, unknown>;

export interface InvalidField {
  /** JSON pointer into the body, or `?name` of a query parameter. */
  readonly pointer: string;
  /** What is wrong with it, or what is wanted instead: a whole sentence, as it stands below a field. */
  readonly detail: Readonly<Record<Language, string>>;
}

/** An expected failure, RFC 9457 on the wire. Anything else that is thrown is a bug, and is logged. */
export class Refusal extends Error {
  readonly type: string;
  readonly status: number;
  readonly details: RefusalDetails;
  readonly texts: RefusalText;

  constructor(type: string, texts: RefusalText, details: RefusalDetails) {
    super(type);
    this.type = type;
    this.status = texts.status;
    this.details = details;
    this.texts = texts;
  }

  /** The title in the caller's language, with the details put in. */
  title(language: Language): string {
    return formatText(this.texts[language], language, this.details);
  }
}

const formats = new Map<string, IntlMessageFormat>();

export function formatText(text: string, language: Language, values: RefusalDetails): string {
  const key = `${language}${text}`;
  let format = formats.get(key);
  if (!format) {
    format = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
    formats.set(key, format);
  }
  return String(format.format(values as Record<string, string>));
}

const catalog = new Map<string, RefusalText>();

/**
 * Registers a product's refusals: both languages beside each other, so that a missing one does not compile.
 * Returns the function that throws one of them.
 */
export function refusals<T extends Record<string, RefusalText>>(texts: T) {
  for (const [type, text] of Object.entries(texts)) {
    if (catalog.has(type)) throw new Error(`refusal declared twice: ${type}`);
    catalog.set(type, text);
  }
  return {
    refuse(type: keyof T & string, details: RefusalDetails = {}): never {
      throw new Refusal(type, texts[type] as RefusalText, details);
    },
  };
}

/** All registered refusals, for the API reference. */
export function allRefusals(): ReadonlyMap<string, RefusalText> {
  return catalog;
}

export function refusalOf(type: string, details: RefusalDetails = {}): Refusal {
  const texts = catalog.get(type);
  if (!texts) throw new Error(`unknown refusal: ${type}`);
  return new Refusal(type, texts, details);
}

/** The refusals that any endpoint may answer. */
export const { refuse } = refusals({
  'not-found': { status: 404, rules: ['R5.4'], en: 'There is nothing here.', es: 'Aquí no hay nada.' },
  invalid: {
    status: 422,
    en: '{count, plural, one {One value needs correction.} other {# values need correction.}}',
    es: '{count, plural, one {Hay un valor que corregir.} other {Hay # valores que corregir.}}',
  },
  'not-json': { status: 400, en: 'The body is not valid JSON.', es: 'El cuerpo no es JSON válido.' },
  'too-large': {
    status: 413,
    en: 'That is more than can be taken at once.',
    es: 'Es más de lo que se puede recibir de una vez.',
  },
  'unsupported-media': {
    status: 415,
    en: 'Send the body as application/json.',
    es: 'Envíe el cuerpo como application/json.',
  },
  'address-too-long': { status: 414, en: 'The address is too long.', es: 'La dirección es demasiado larga.' },
  'not-signed-in': { status: 401, rules: ['R5.7'], en: 'Please sign in.', es: 'Inicie sesión.' },
  'cross-site': {
    status: 403,
    en: 'The request did not come from the application. Send the header Tenantry-Request: 1.',
    es: 'La petición no procede de la aplicación. Envíe la cabecera Tenantry-Request: 1.',
  },
  'not-allowed': {
    status: 403,
    rules: ['R5.9'],
    en: 'Your role does not allow this.',
    es: 'Su rol no permite esta operación.',
  },
  'read-only': {
    status: 403,
    rules: ['R5.3'],
    en: 'You may read this record but not change it.',
    es: 'Puede leer este registro, pero no modificarlo.',
  },
  'membership-needed': {
    status: 403,
    rules: ['R5.1'],
    en: 'Choose under which membership you act.',
    es: 'Elija con qué pertenencia actúa.',
  },
  'version-missing': {
    status: 428,
    rules: ['R2.6'],
    en: 'Say which version you are changing, with the header If-Match.',
    es: 'Indique qué versión modifica, con la cabecera If-Match.',
  },
  'version-stale': {
    status: 412,
    rules: ['R2.6'],
    en: 'Somebody else has changed this record meanwhile. Load it again; your entries are kept.',
    es: 'Otra persona ha modificado este registro entretanto. Vuelva a cargarlo; sus datos se conservan.',
  },
  'reference-unknown': {
    status: 422,
    rules: ['R6.3', 'R5.4'],
    en: 'The record that “{field}” refers to does not exist here.',
    es: 'El registro al que se refiere «{field}» no existe aquí.',
  },
  'still-referenced': {
    status: 409,
    rules: ['R6.4'],
    en: 'Other records refer to this one.',
    es: 'Otros registros se refieren a este.',
  },
  'cursor-unknown': {
    status: 422,
    en: 'That page does not exist. Start the list again.',
    es: 'Esa página no existe. Empiece la lista de nuevo.',
  },
  busy: {
    status: 409,
    rules: ['R6.4'],
    en: 'Somebody else was changing the same thing. Please try again.',
    es: 'Otra persona estaba cambiando lo mismo. Inténtelo de nuevo.',
  },
  'storage-full': {
    status: 507,
    en: 'The storage is full. Nothing was saved, nothing was lost.',
    es: 'El almacenamiento está lleno. No se ha guardado nada ni se ha perdido nada.',
  },
  'too-many': {
    status: 429,
    en: 'Too many attempts. Try again in {seconds, plural, one {one second} other {# seconds}}.',
    es: 'Demasiados intentos. Pruebe de nuevo en {seconds, plural, one {un segundo} other {# segundos}}.',
  },
  'too-many-waiting': {
    status: 429,
    en: 'Too many calls are waiting already. Try again in {seconds, plural, one {one second} other {# seconds}}.',
    es: 'Ya hay demasiadas llamadas en espera. Pruebe de nuevo en {seconds, plural, one {un segundo} other {# segundos}}.',
  },
  'rate-limit': {
    status: 429,
    en: 'The limit of {limit} calls a minute is reached. Try again in {seconds, plural, one {one second} other {# seconds}}.',
    es: 'Se ha alcanzado el límite de {limit} llamadas por minuto. Pruebe de nuevo en {seconds, plural, one {un segundo} other {# segundos}}.',
  },
  'idempotency-key-form': {
    status: 422,
    en: 'An idempotency key is 1 to 200 ASCII characters.',
    es: 'Una clave de idempotencia son de 1 a 200 caracteres ASCII.',
  },
  'idempotency-key-reused': {
    status: 422,
    rules: ['R4.5'],
    en: 'This idempotency key was already used for something else.',
    es: 'Esta clave de idempotencia ya se usó para otra cosa.',
  },
  overloaded: {
    status: 503,
    en: 'Too much is going on at the moment. Please try again soon.',
    es: 'Hay demasiada actividad en este momento. Inténtelo de nuevo en un rato.',
  },
  stopping: {
    status: 503,
    en: 'The program is stopping. Please try again soon.',
    es: 'El programa se está deteniendo. Inténtelo en breve.',
  },
  failure: {
    status: 500,
    en: 'Something went wrong on our side. Nothing was saved. Quote the number {requestId} when you report it.',
    es: 'Algo ha fallado por nuestra parte. No se ha guardado nada. Indique el número {requestId} al comunicarlo.',
  },
});
