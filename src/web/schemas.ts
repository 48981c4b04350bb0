// Stands in for the package `typebox` in the browser's build (vite.config.ts): the same builders, without the rest of that
// package. Types come from the real one. A builder that is missing here fails the build of the page that needs it.

type Schema = Record<string, unknown>;

/** Marks an optional property; not enumerable, as in TypeBox. */
const optional = Symbol('optional');

function typed(type: string) {
  return (options: Schema = {}): Schema => ({ type, ...options });
}

function ObjectSchema(properties: Record<string, Schema>, options: Schema = {}): Schema {
  const required = Object.keys(properties).filter((name) => !(optional in (properties[name] as Schema)));
  return { type: 'object', ...(required.length ? { required } : {}), properties, ...options };
}

function Optional(schema: Schema): Schema {
  return Object.defineProperty({ ...schema }, optional, { value: true });
}

function optionalEach(schema: Schema): Schema {
  const properties = schema.properties as Record<string, Schema>;
  return ObjectSchema(
    Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, Optional(of)])),
    rest(schema),
  );
}

function requiredEach(schema: Schema): Schema {
  const properties = schema.properties as Record<string, Schema>;
  // A spread leaves the mark behind: it is not enumerable.
  return ObjectSchema(
    Object.fromEntries(Object.entries(properties).map(([name, of]) => [name, { ...of }])),
    rest(schema),
  );
}

function rest({ type: _type, required: _required, properties: _properties, ...options }: Schema): Schema {
  return options;
}

function keep(schema: Schema, wanted: (name: string) => boolean, options: Schema): Schema {
  const properties = schema.properties as Record<string, Schema>;
  return ObjectSchema(Object.fromEntries(Object.entries(properties).filter(([name]) => wanted(name))), {
    ...rest(schema),
    ...options,
  });
}

function namesOf(names: unknown): readonly string[] {
  return Array.isArray(names) ? (names as string[]) : [String(names)];
}

const builders = {
  String: typed('string'),
  Number: typed('number'),
  Integer: typed('integer'),
  Boolean: typed('boolean'),
  Null: typed('null'),
  Any: (options: Schema = {}): Schema => ({ ...options }),
  Unknown: (options: Schema = {}): Schema => ({ ...options }),
  Unsafe: (schema: Schema = {}): Schema => ({ ...schema }),
  Literal: (value: unknown, options: Schema = {}): Schema => ({ type: typeof value, const: value, ...options }),
  Enum: (values: readonly unknown[], options: Schema = {}): Schema => ({ enum: values, ...options }),
  Array: (items: Schema, options: Schema = {}): Schema => ({ type: 'array', items, ...options }),
  Tuple: (items: readonly Schema[], options: Schema = {}): Schema => ({
    type: 'array',
    prefixItems: items,
    ...options,
  }),
  Union: (anyOf: readonly Schema[], options: Schema = {}): Schema => ({ anyOf, ...options }),
  Intersect: (allOf: readonly Schema[], options: Schema = {}): Schema => ({ allOf, ...options }),
  Record: (_key: Schema, values: Schema, options: Schema = {}): Schema => ({
    type: 'object',
    additionalProperties: values,
    ...options,
  }),
  Object: ObjectSchema,
  Optional,
  Required: (schema: Schema, options: Schema = {}): Schema => ({ ...requiredEach(schema), ...options }),
  Readonly: (schema: Schema): Schema => schema,
  Partial: (schema: Schema, options: Schema = {}): Schema => ({ ...optionalEach(schema), ...options }),
  Pick: (schema: Schema, names: unknown, options: Schema = {}): Schema =>
    keep(schema, (name) => namesOf(names).includes(name), options),
  Omit: (schema: Schema, names: unknown, options: Schema = {}): Schema =>
    keep(schema, (name) => !namesOf(names).includes(name), options),
};

// biome-ignore lint/style/noDefaultExport: the package that it stands in for has one
export default builders;
