import { type Row } from '#read-models/read-model.js';
import { enumValues } from '../values/described-enum.js';

/** What is said of a row or of a text, and is no text itself; and those that name people, groups and organisations by their ids. */
const NO_PROSE = new Set([
  ...['id', 'revision', 'recordedAt', 'recordedBy', 'recordKind', 'language', 'grade', 'url', 'tlp', 'pap', 'rights'],
  ...['lead', 'assignees', 'named', 'holder', 'grantee', 'recipients', 'originator'],
  // Times as stated: of what somebody knew, as inferred, and at which a case was opened and closed.
  ...['since', 'time', 'openPeriods'],
]);
/** Fields that hold what somebody wrote: prose, even where it looks like an id, a moment or a value of an enumeration ("API"). */
const WRITTEN = new Set([
  ...['agreement', 'asStated', 'basis', 'capacity', 'clause', 'consentedBy', 'criterion', 'document', 'endpoint'],
  ...['exhibitNumber', 'externalId', 'findings', 'grounds', 'identifierIssuer', 'identifierValue', 'jurisdiction'],
  ...['location', 'model', 'name', 'product', 'qualifier', 'reason', 'reference', 'resolutionReason', 'system'],
  ...['tags', 'techniqueName', 'text', 'title', 'version', 'waiverReason'],
]);
/** An id, whatever the field is called. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A moment as the log keeps it, and nothing but that: a line of a server's log begins with one. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * All prose in these fields, however deep: texts and their translations, names, titles, numbers for people. No ids, no times, no
 * values of enumerations, so that what is found was written by somebody.
 */
export function proseOf(fields: Row): string[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    NO_PROSE.has(name) ? [] : proseIn(value, WRITTEN.has(name)),
  );
}

function proseIn(value: unknown, isWritten: boolean): string[] {
  if (typeof value === 'string') return value !== '' && (isWritten || isProse(value)) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => proseIn(one, isWritten));
  if (typeof value !== 'object' || value === null) return [];
  // A fuzzy time: what was stated of it, and its bounds.
  if ('stated' in value && 'earliest' in value) return [];
  return proseOf(value as Row);
}

const isProse = (text: string): boolean => !ID.test(text) && !INSTANT.test(text) && !enumValues.has(text);
