// The policies of each class of table, written down a second time and independently of tenancy.own, which makes them.

const one = (setting: string) =>
  `(owner_id = (NULLIF(current_setting('app.${setting}'::text, true), ''::text))::integer)`;
const once = (setting: string) =>
  `(owner_id = ( SELECT (NULLIF(current_setting('app.${setting}'::text, true), ''::text))::integer AS "nullif"))`;
const set = (setting: string) =>
  `(owner_id IN ( SELECT unnest((NULLIF(current_setting('app.${setting}'::text, true), ''::text))::integer[]) AS unnest))`;
/** Of those who reach several tenants: by its bit where the set has bits, and in the set itself where it has none. */
const within = (setting: string) =>
  `CASE WHEN (owner_id < ( SELECT (NULLIF(current_setting('app.${setting}_below'::text, true), ''::text))::integer AS "nullif")) THEN (get_bit(( SELECT decode(current_setting('app.${setting}_bits'::text, true), 'base64'::text) AS decode), (owner_id)::bigint) = 1) ELSE ${set(setting)} END`;
const mine = `((owner_id = (NULLIF(current_setting('app.owner'::text, true), ''::text))::integer) AND (person_id = (NULLIF(current_setting('app.person'::text, true), ''::text))::uuid))`;
const verbs = ['insert', 'update', 'delete'];
const writers = 'writes_all, writes_one, writes_set';

/** As `name | restrictive? | for | to | using | with check`. */
export function policiesOf(tableClass: string, appendOnly: boolean): string[] {
  const wall = policy('owner_all', 'all', 'owner', 'true', 'true');
  if (tableClass === 'personal') return [wall, policy('personal', 'all', 'everyone', mine)];
  const optional = tableClass === 'optional';
  const reads = [
    wall,
    policy('reads_all', 'select', 'reads_all', 'true'),
    policy('reads_one', 'select', 'reads_one', optional ? set('reads_optional') : once('read_owner')),
    policy('reads_set', 'select', 'reads_set', within(optional ? 'reads_optional' : 'reads')),
  ];
  if (appendOnly) return reads;
  return [
    ...reads,
    ...verbs.flatMap((verb) =>
      optional ? [...writes(verb), ...publicWrites(verb)] : [...writes(verb), neverPublic(verb)],
    ),
  ];
}

function writes(verb: string): string[] {
  return [
    guard(`writes_one_${verb}`, verb, 'writes_one', one('write_owner')),
    guard(`writes_set_${verb}`, verb, 'writes_set', within('writes')),
    guard(`writes_all_${verb}`, verb, 'writes_all', 'true'),
    restrict(`open_${verb}`, verb, 'writes_all', `(NOT ${set('closed')})`),
  ];
}

function publicWrites(verb: string): string[] {
  return [
    guard(`writes_public_${verb}`, verb, 'writes_one, writes_set', '(owner_id = 2)'),
    restrict(
      `public_${verb}`,
      verb,
      writers,
      `((owner_id <> 2) OR (current_setting('app.update_public'::text, true) = 'on'::text))`,
    ),
  ];
}

function neverPublic(verb: string): string {
  return restrict(`never_public_${verb}`, verb, writers, '(owner_id <> 2)');
}

function guard(name: string, verb: string, to: string, condition: string): string {
  return verb === 'insert' ? policy(name, verb, to, '', condition) : policy(name, verb, to, condition);
}

function restrict(name: string, verb: string, to: string, condition: string): string {
  return guard(name, verb, to, condition).replace('permissive', 'restrictive');
}

export function policy(name: string, verb: string, to: string, using = '', check = ''): string {
  return [name, 'permissive', verb, to, using, check].join(' | ');
}
