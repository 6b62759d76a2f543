import { type ClientBase } from 'pg';
import { type Of } from './change-of.js';
import { arrayOfNumbers, arrayOfTexts } from './values.js';

const PAIRS = 'unnest($1::int8[], $2::text[])';
const DEPENDENTS = `SELECT DISTINCT p.subject_key, p.record_id FROM parts AS p JOIN ${PAIRS} AS c(subject_key, record_id)
  ON p.subject_key = c.subject_key AND p.owner_id = c.record_id`;
const CLEAR = `DELETE FROM parts AS p USING ${PAIRS} AS c(subject_key, record_id)
  WHERE p.subject_key = c.subject_key AND p.record_id = c.record_id`;
const ADD = `INSERT INTO parts (subject_key, record_id, owner_id, direct)
  SELECT subject_key, record_id, owner_id, 1
  FROM unnest($1::int8[], $2::text[], $3::text[]) AS c(subject_key, record_id, owner_id) ON CONFLICT DO NOTHING`;

/** What records belong to, through any number of others, from what each belongs to directly. */
const CLOSURE = `INSERT INTO parts (subject_key, record_id, owner_id, direct)
  WITH RECURSIVE up (subject_key, record_id, owner_id) AS (
    SELECT p.subject_key, p.record_id, p.owner_id FROM parts AS p JOIN ${PAIRS} AS c(subject_key, record_id)
      ON p.subject_key = c.subject_key AND p.record_id = c.record_id WHERE p.direct = 1
    UNION SELECT up.subject_key, up.record_id, p.owner_id FROM up JOIN parts AS p
      ON p.subject_key = up.subject_key AND p.record_id = up.owner_id AND p.direct = 1)
  SELECT subject_key, record_id, owner_id, 0 FROM up ON CONFLICT DO NOTHING`;

/** Writes which records belong to others, none twice: current rows, with what those belong to in turn. */
export async function writeParts(client: ClientBase, parts: readonly Of<'part'>[]): Promise<void> {
  if (parts.length === 0) return;
  const changed = parts.map(({ subjectKey, change }) => ({ subject_key: subjectKey, record_id: change.record }));
  const { rows: dependents } = await client.query<(typeof changed)[number]>(DEPENDENTS, pairs(changed));
  await client.query(CLEAR, pairs(changed));
  if (dependents.length > 0) await client.query(`${CLEAR} AND p.direct = 0`, pairs(dependents));
  const direct = parts.flatMap(({ subjectKey, change }) =>
    change.of.map((owner) => ({ subject_key: subjectKey, record_id: change.record, owner })),
  );
  await client.query(ADD, [...pairs(direct), arrayOfTexts(direct.map(({ owner }) => owner))]);
  await client.query(CLOSURE, pairs([...changed, ...dependents]));
}

const pairs = (records: readonly { subject_key: number; record_id: string }[]): [string, string] => [
  arrayOfNumbers(records.map((one) => one.subject_key)),
  arrayOfTexts(records.map((one) => one.record_id)),
];
