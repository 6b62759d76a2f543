import { type ClientBase } from 'pg';
import { type AccessChange } from '../access-changes.js';
import { type PackedAccess } from '../build/batches.js';
import { OPEN } from '../versions.js';
import { writeParts } from './parts.js';
import { arrayOf, arrayOfNumbers, arrayOfTexts } from './values.js';
import { type Of } from './change-of.js';

const CHANGES = 'unnest($1::int8[], $2::int8[], $3::text[], $4::int8[]) AS c(subject_key, sequence, name, reads_from)';
const OPEN_ONE = `g.subject_key = c.subject_key AND g.name = c.name AND g.ends = ${OPEN}`;

/** What changes grants; a grant that is there already is left as it is. */
const GRANTS = {
  grant: `INSERT INTO grants (subject_key, name, begins, ends, reads_from)
    SELECT c.subject_key, c.name, c.sequence, ${OPEN}, c.reads_from FROM ${CHANGES}
    ON CONFLICT (subject_key, name) WHERE ends = ${OPEN} DO NOTHING`,
  history: `UPDATE grants AS g SET reads_from = coalesce(c.reads_from, g.begins) FROM ${CHANGES} WHERE ${OPEN_ONE}`,
  revoke: `UPDATE grants AS g SET ends = c.sequence FROM ${CHANGES} WHERE ${OPEN_ONE}`,
} as const;
type GrantOp = keyof typeof GRANTS;

const UNWALL = `DELETE FROM walls AS w USING unnest($1::int8[], $2::text[], $3::text[]) AS c(subject_key, record_id, wall)
  WHERE w.subject_key = c.subject_key AND w.record_id = c.record_id AND w.wall = c.wall`;
const WALL = `INSERT INTO walls (subject_key, record_id, wall, kind, names)
  SELECT c.subject_key, c.record_id, c.wall, c.kind, c.names::text[]
  FROM unnest($1::int8[], $2::text[], $3::text[], $4::text[], $5::text[]) AS c(subject_key, record_id, wall, kind, names)
  ON CONFLICT (subject_key, record_id, wall) DO UPDATE SET kind = excluded.kind, names = excluded.names`;

const UNMARK = `UPDATE marks AS m SET ends = c.sequence
  FROM unnest($1::int8[], $2::int8[], $3::text[], $4::text[]) AS c(subject_key, sequence, record_id, originator)
  WHERE m.subject_key = c.subject_key AND m.record_id = c.record_id AND m.originator = c.originator AND m.ends = ${OPEN}`;
const MARK = `INSERT INTO marks (subject_key, begins, record_id, originator, level, recipients, ends, shown)
  SELECT c.subject_key, c.sequence, c.record_id, c.originator, c.level, c.recipients::text[], ${OPEN}, c.shown
  FROM unnest($1::int8[], $2::int8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
    AS c(subject_key, sequence, record_id, originator, level, recipients, shown)`;

/** Writes who may see what: current rows that every read joins, in the transaction of the events that changed them. */
export async function writeAccess(client: ClientBase, changes: readonly PackedAccess[]): Promise<void> {
  for (const round of roundsOf(changes)) {
    const of = <Op extends AccessChange['op']>(...ops: Op[]) =>
      round.filter(({ change }) => ops.some((op) => op === change.op)) as Of<Op>[];
    for (const op of Object.keys(GRANTS) as GrantOp[]) await writeGrants(client, op, of(op));
    await writeMarks(client, of('mark'));
    await writeParts(client, of('part'));
    const pulled = of('wall', 'unwall');
    const keys = (some: typeof pulled): string[] => [
      arrayOfNumbers(some.map(({ subjectKey }) => subjectKey)),
      arrayOfTexts(some.map(({ change }) => change.record)),
      arrayOfTexts(some.map(({ change }) => change.wall)),
    ];
    if (pulled.length > 0) await client.query(UNWALL, keys(pulled));
    const raised = of('wall');
    if (raised.length === 0) continue;
    const kinds = arrayOfTexts(raised.map(({ change }) => change.kind));
    const names = arrayOf(raised.map(({ change }) => arrayOfTexts(change.names)));
    await client.query(WALL, [...keys(raised), kinds, names]);
  }
}

/** See `AccessStore.asOf`. */
export async function accessAsOf(client: ClientBase, sequence: number): Promise<void> {
  for (const table of ['grants', 'marks']) {
    await client.query(`DELETE FROM ${table} WHERE begins > $1`, [sequence]);
    await client.query(`UPDATE ${table} SET ends = ${OPEN} WHERE ends > $1 AND ends <> ${OPEN}`, [sequence]);
  }
}

async function writeMarks(client: ClientBase, marks: readonly Of<'mark'>[]): Promise<void> {
  if (marks.length === 0) return;
  const texts = (of: (change: Of<'mark'>['change']) => string): string =>
    arrayOfTexts(marks.map(({ change }) => of(change)));
  const keys = [
    arrayOfNumbers(marks.map(({ subjectKey }) => subjectKey)),
    arrayOfNumbers(marks.map(({ sequence }) => sequence)),
    texts(({ record }) => record),
    texts(({ originator }) => originator),
  ];
  await client.query(UNMARK, keys);
  const recipients = arrayOf(marks.map(({ change }) => arrayOfTexts(change.recipients)));
  const shown = texts((change) => JSON.stringify(change.shown));
  await client.query(MARK, [...keys, texts(({ level }) => level), recipients, shown]);
}

async function writeGrants(client: ClientBase, op: GrantOp, changes: readonly Of<GrantOp>[]): Promise<void> {
  if (changes.length === 0) return;
  await client.query(GRANTS[op], [
    arrayOfNumbers(changes.map(({ subjectKey }) => subjectKey)),
    arrayOfNumbers(changes.map(({ sequence }) => sequence)),
    arrayOfTexts(changes.map(({ change }) => change.name)),
    arrayOfNumbers(changes.map(readsFrom)),
  ]);
}

/** From where on a grant opens its subject to those who are shown nothing of before it; NaN for where it begins. */
function readsFrom({ change, sequence }: Of<GrantOp>): number {
  if (change.op === 'revoke') return sequence;
  if (change.history) return 0;
  return change.op === 'grant' ? sequence : NaN;
}

/** What a change changes. */
function changed(change: AccessChange): string[] {
  if ('name' in change) return ['name', change.name];
  switch (change.op) {
    case 'mark':
      return ['mark', change.record, change.originator];
    case 'part':
      return ['part', change.record];
    default:
      return ['wall', change.record, change.wall];
  }
}

/** What changes the same thing twice is written one after the other; all else at once. */
function roundsOf(changes: readonly PackedAccess[]): PackedAccess[][] {
  const rounds: PackedAccess[][] = [];
  const times = new Map<string, number>();
  for (const one of changes) {
    const { change, subjectKey } = one;
    const key = JSON.stringify([subjectKey, ...changed(change)]);
    const round = times.get(key) ?? 0;
    times.set(key, round + 1);
    (rounds[round] ??= []).push(one);
  }
  return rounds;
}
