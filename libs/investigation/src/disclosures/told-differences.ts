import { isDeepStrictEqual } from 'node:util';
import { type Row } from '#read-models/read-model.js';
import { type ToldDifference } from './ledger-entry.js';

/** What a row tells of itself, its case and its recording: no field that anybody stated. */
const OWN = new Set(['id', 'revision', 'recordedAt', 'recordedBy', 'viewRecordedAt', 'viewRecordedBy', 'caseId']);

/** The fields in which a record as it was told differs from the same record at another moment. */
export function differencesBetween(told: Row, known: Row): ToldDifference[] {
  const fields = [...new Set([...Object.keys(told), ...Object.keys(known)])].filter((field) => !OWN.has(field));
  return fields
    .map((field) => ({ field, told: told[field] ?? null, known: known[field] ?? null }))
    .filter(({ told: one, known: other }) => !isDeepStrictEqual(one, other));
}
