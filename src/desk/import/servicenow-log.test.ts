import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { Refusal } from '../../platform/refusals.ts';
import { readIncidentLog } from './servicenow-log.ts';

const packed = readFileSync(new URL('../../../samples/servicenow-incident-log.csv.gz', import.meta.url));
const text = gunzipSync(packed).toString();
const zone = 'America/Sao_Paulo';

/** The header and the rows of one incident, changed. */
function excerpt(number: string, change: (rows: string) => string = (rows) => rows): Buffer {
  const [header, ...rows] = text.split('\n');
  return Buffer.from(
    [header, ...change(rows.filter((row) => row.startsWith(number)).join('\n')).split('\n')].join('\n'),
  );
}

function refusalOf(read: () => unknown): Refusal {
  try {
    read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('the real log has 888 incidents of 84 locations, and names the two without one', () => {
  const log = readIncidentLog(packed, zone);
  expect(log.rows).toBe(5998);
  expect(log.incidents).toHaveLength(888);
  expect(log.locations).toHaveLength(84);
  expect(log.rejects.map(({ sourceId, column, value }) => ({ sourceId, column, value }))).toEqual([
    { sourceId: 'INC0000358', column: 'location', value: '?' },
    { sourceId: 'INC0000828', column: 'location', value: '?' },
  ]);
});

test('local times are of the zone that is given, in and out of summer time', () => {
  const winter = readIncidentLog(excerpt('INC0000045'), 'Europe/Madrid').incidents[0];
  expect(winter?.openedAt).toBe('2016-02-29T00:16:00Z');
  const summer = readIncidentLog(
    excerpt('INC0000045', (rows) => rows.replaceAll('29-02-2016 01:16', '29-06-2016 01:16')),
    'Europe/Madrid',
  );
  expect(summer.incidents[0]?.openedAt).toBe('2016-06-28T23:16:00Z');
});

test('rows are ordered by time and then by modification count, however they stand in the file', () => {
  const backwards = excerpt('INC0000045', (rows) => rows.split('\n').reverse().join('\n'));
  expect(readIncidentLog(backwards, zone).incidents).toEqual(readIncidentLog(excerpt('INC0000045'), zone).incidents);
});

test('a bad incident is refused alone, with line, column and value', () => {
  const bad = Buffer.from(text.replace('29-02-2016 08:53', '31-02-2016 08:53'));
  const log = readIncidentLog(bad, zone);
  expect(log.incidents).toHaveLength(887);
  expect(log.rejects).toContainEqual({
    sourceId: 'INC0000045',
    line: 3,
    column: 'sys_updated_at',
    value: '31-02-2016 08:53',
    problem: 'no such day or time',
  });
});

test('the log as it stood at an instant ends there, and what was open then is open', () => {
  const until = Temporal.Instant.from('2016-03-11T18:00:00Z');
  const log = readIncidentLog(packed, zone, until);
  const open = log.incidents.filter(({ status }) => ['new', 'in_progress', 'on_hold'].includes(status));
  expect([log.incidents.length, open.length]).toEqual([887, 228]);
  for (const { updatedAt, changes } of log.incidents)
    for (const at of [updatedAt, ...changes.map((change) => change.at)])
      expect(Temporal.Instant.compare(at, until)).toBeLessThanOrEqual(0);
});

test('an unknown state is refused with what it may be', () => {
  const log = readIncidentLog(
    excerpt('INC0000045', (rows) => rows.replace('Resolved,', 'Dissolved,')),
    zone,
  );
  expect(log.rejects[0]).toMatchObject({ column: 'incident_state', value: 'Dissolved' });
  expect(log.rejects[0]?.problem).toContain('Awaiting User Info');
});

test.each([
  ['a missing column', Buffer.from(text.replace('location,', 'place,')), 1, 'lacks location'],
  ['a column named twice', Buffer.from(text.replace('vendor,', 'location,')), 1, 'twice'],
  [
    'a row with a column too few',
    Buffer.from(text.replace('INC0000045,New,TRUE', 'INC0000045,New')),
    2,
    'columns instead of',
  ],
  [
    'another encoding',
    Buffer.concat([Buffer.from(text.slice(0, text.indexOf('\n') + 1)), Buffer.from([0x49, 0xe9, 0x0a])]),
    2,
    'UTF-8',
  ],
  ['an empty file', Buffer.alloc(0), 1, 'empty'],
  ['a compressed file that was cut off', packed.subarray(0, 5000), 1, 'damaged'],
])('%s refuses the whole file and says where', (_what, bytes, line, problem) => {
  const refusal = refusalOf(() => readIncidentLog(bytes, zone));
  expect(refusal.type).toBe('import.structure');
  expect(refusal.details.line).toBe(line);
  expect(refusal.details.problem).toContain(problem);
});
