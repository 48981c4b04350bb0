import Type from 'typebox';
import { expect, test } from 'vitest';
import { serializerOf } from './serialization.ts';

const Named = Type.Object({ id: Type.String(), name: Type.String() });
const Thing = Type.Object({
  kind: Type.Enum(['ticket', 'request']),
  size: Type.Integer(),
  group: Type.Union([Named, Type.Null()]),
  at: Type.Union([Type.String(), Type.Null()]),
  parts: Type.Array(Named),
  result: Type.Record(Type.String(), Type.String()),
  note: Type.Optional(Type.String()),
});
const thing = { kind: 'ticket', size: 3, group: null, at: null, parts: [], result: {} };
const written = (value: object) => JSON.parse(serializerOf(Thing)({ ...thing, ...value }));

test('what is not declared never leaves, at any depth', () => {
  const secret = { id: '1', name: 'One', owner_id: 7 };
  const left = written({ owner_id: 7, group: secret, parts: [secret, secret] });
  const shown = { id: '1', name: 'One' };
  expect(left).toEqual({ ...thing, group: shown, parts: [shown, shown] });
});

test('nothing is written in place of what may be missing, and null only where it may be', () => {
  expect(written({})).toEqual(thing);
  expect(written({ note: 'Two “words”\n', result: { key: 'ABC' } })).toMatchObject({
    note: 'Two “words”\n',
    result: { key: 'ABC' },
  });
  for (const wrong of [
    { size: null },
    { size: '3' },
    { kind: undefined },
    { parts: null },
    { parts: [{ id: '1' }] },
    { group: 'One' },
    { result: { key: 1 } },
    { note: null },
  ])
    expect(() => written(wrong), JSON.stringify(wrong)).toThrow(TypeError);
});

test('names are data, whatever is in them', () => {
  const odd = `a"]; throw 1; \u2028 v['`;
  const serialize = serializerOf(Type.Object({ [odd]: Type.String() }));
  expect(JSON.parse(serialize({ [odd]: 'x', other: 'y' }))).toEqual({ [odd]: 'x' });
});
