import type { TSchema } from 'typebox';

type Plain = Record<string, unknown>;
type Serialize = (answer: unknown) => string;

const serializers = new WeakMap<object, Serialize>();

/**
 * Answers as JSON, by their schema: what is not declared never leaves, and what is not what was declared is a failure of ours. Made once
 * a process, when the first answer leaves (`docs/decisions/0023-answers-are-copied-by-their-schema.md`).
 * @throws TypeError, from what it returns, where an answer is not what its schema says.
 */
export function serializerOf(schema: TSchema): Serialize {
  return (answer) => {
    let serialize = serializers.get(schema);
    if (!serialize) {
      serialize = compile(schema);
      serializers.set(schema, serialize);
    }
    return serialize(answer);
  };
}

/** Copies what is declared, as plain code of the schema's shape, and leaves the writing to the engine. */
function compile(schema: TSchema): Serialize {
  const copy = new Copying();
  const body = copy.of(schema, 'answer');
  const made = new Function('unlike', `${copy.functions.join('\n')}\nreturn (answer) => JSON.stringify(${body});`);
  return made(unlike) as Serialize;
}

function unlike(wanted: string): never {
  throw new TypeError(`an answer lacks what its schema says: ${wanted}`);
}

/** Writes expressions that copy a value; objects and arrays have a function each. */
class Copying {
  readonly functions: string[] = [];

  of(schema: unknown, value: string): string {
    const { type, enum: choice, const: fixed, anyOf } = schema as Plain;
    if (Array.isArray(anyOf)) return this.#either(anyOf, value);
    if (Array.isArray(choice)) return typed(choice.map(typeOf), value);
    if (fixed !== undefined) return typed([typeOf(fixed)], value);
    if (type === 'object') return `${this.#function(this.#object(schema as Plain))}(${value})`;
    if (type === 'array') return `${this.#function(this.#array((schema as Plain).items))}(${value})`;
    // Without a type anything may stand there.
    return type === undefined ? value : typed([type as string], value);
  }

  #function(body: string): string {
    const name = `copy${this.functions.length}`;
    this.functions.push(`function ${name}(v) { ${body} }`);
    return name;
  }

  #object({ properties = {}, required = [], ...rest }: Plain): string {
    const isObject = `if (typeof v !== 'object' || v === null) unlike('object');`;
    const any = (rest.patternProperties as Plain | undefined)?.['^.*$'] ?? rest.additionalProperties;
    if (any) {
      const copied = any === true ? 'own' : this.of(any, 'own');
      return `${isObject} return Object.fromEntries(Object.entries(v).map(([name, own]) => [name, ${copied}]));`;
    }
    const fields = Object.entries(properties as Plain).map(([name, schema]) => {
      const own = `v[${JSON.stringify(name)}]`;
      const copied = this.of(schema, own);
      const isRequired = (required as string[]).includes(name);
      return `${JSON.stringify(name)}: ${isRequired ? copied : `${own} === undefined ? undefined : ${copied}`}`;
    });
    return `${isObject} return { ${fields.join(', ')} };`;
  }

  #array(items: unknown): string {
    return `if (!Array.isArray(v)) unlike('array'); return v.map((own) => ${this.of(items, 'own')});`;
  }

  /** Texts and numbers are told apart by their type; objects of different kinds would have to be tried one after the other. */
  #either(alternatives: unknown[], value: string): string {
    const simple = alternatives.flatMap(typesOf);
    const [other, ...more] = alternatives.filter((one) => !typesOf(one).length);
    if (more.length) throw new Error('an answer is of one kind of object: name what differs in a field of it');
    if (!other) return typed(simple, value);
    const copied = this.of(other, value);
    return simple.includes('null') ? `${value} === null ? null : ${copied}` : copied;
  }
}

function typesOf(schema: unknown): string[] {
  const { type, enum: choice, const: fixed } = schema as Plain;
  if (Array.isArray(choice)) return choice.map(typeOf);
  if (fixed !== undefined) return [typeOf(fixed)];
  return typeof type === 'string' && !['object', 'array'].includes(type) ? [type] : [];
}

function typed(types: string[], value: string): string {
  const kinds = [...new Set(types.map((type) => (type === 'integer' ? 'number' : type)))];
  const checks = kinds.map((kind) => (kind === 'null' ? `${value} === null` : `typeof ${value} === '${kind}'`));
  return `(${checks.join(' || ')} ? ${value} : unlike('${kinds.join(' or ')}'))`;
}

function typeOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}
