import { hash } from 'node:crypto';
import { THE_SUBJECT } from '../access-changes.js';
import { headTable, OPEN, VERSIONS_PER_EVENT } from '../versions.js';
import { type ColumnType, type ProjectionGroup, type ReadModel } from '../read-model.js';
import { currentHeadIndex } from './names.js';

const TYPES: Readonly<Record<ColumnType, string>> = { text: 'TEXT', integer: 'INTEGER', boolean: 'INTEGER' };

/**
 * The store's tables. A stream's key is the `v` of its first event; a subject's key is that of its stream. A record's and a
 * wide row's `key` is the `v` of its first version. The long texts come last.
 *
 * Indexes are what writing costs, so there are few: versions are found by subject (newest first, and passing over those
 * that were replaced without looking at them), records by id. They hold all versions: the past costs what the present does.
 */
export const schemaOf = (group: ProjectionGroup): string => statementsOf(group).join(';\n');

/** The statements that make the tables, and those that make the indexes: a build makes these last. */
export function partsOf(group: ProjectionGroup): { tables: string[]; indexes: string[] } {
  const isIndex = (statement: string): boolean => statement.startsWith('CREATE INDEX');
  const statements = statementsOf(group);
  return { tables: statements.filter((one) => !isIndex(one)), indexes: statements.filter(isIndex) };
}

function statementsOf(group: ProjectionGroup): string[] {
  const head = headTable(group);
  return [
    `CREATE TABLE checkpoint (
       one INTEGER PRIMARY KEY CHECK (one = 1), sequence INTEGER NOT NULL, position TEXT NOT NULL, log_time INTEGER NOT NULL,
       log_id TEXT NOT NULL, group_version INTEGER NOT NULL, fingerprint TEXT NOT NULL) STRICT`,
    'CREATE TABLE streams (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT',
    `CREATE TABLE events (
       sequence INTEGER PRIMARY KEY, stream_key INTEGER NOT NULL, subject_key INTEGER, revision INTEGER NOT NULL,
       recorded_at INTEGER NOT NULL, log_time INTEGER NOT NULL, type TEXT NOT NULL, position TEXT NOT NULL,
       id TEXT NOT NULL, record_ids TEXT, actor_id TEXT NOT NULL) STRICT`,
    'CREATE INDEX events_id ON events (id)',
    'CREATE INDEX events_subject ON events (subject_key, sequence)',
    'CREATE INDEX events_log_time ON events (log_time)',
    // Who may see a subject: from the event `begins` on, up to the event `ends`. Only those that have not ended count for reads.
    // To whom it opens no more than what it is from then on, it opens what is from `reads_from` on: `begins`, or 0 with its history.
    `CREATE TABLE grants (
       subject_key INTEGER NOT NULL, name TEXT NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL,
       reads_from INTEGER NOT NULL) STRICT`,
    `CREATE UNIQUE INDEX grants_now ON grants (subject_key, name) WHERE ends = ${OPEN}`,
    'CREATE INDEX grants_subject ON grants (subject_key, name)',
    // Those of a subject's first event are told by that event itself.
    `CREATE INDEX grants_begun ON grants (begins) WHERE begins * ${VERSIONS_PER_EVENT} <> subject_key`,
    `CREATE INDEX grants_ended ON grants (ends) WHERE ends <> ${OPEN}`,
    // What stands around records now; `names` is a JSON array of those who pass.
    `CREATE TABLE walls (
       subject_key INTEGER NOT NULL, record_id TEXT NOT NULL, wall TEXT NOT NULL, kind TEXT NOT NULL, names TEXT NOT NULL) STRICT`,
    'CREATE UNIQUE INDEX walls_record ON walls (subject_key, record_id, wall)',
    // Which records belong to others now, and so to those that these belong to, which is not `direct`.
    `CREATE TABLE parts (
       subject_key INTEGER NOT NULL, record_id TEXT NOT NULL, owner_id TEXT NOT NULL, direct INTEGER NOT NULL) STRICT`,
    'CREATE UNIQUE INDEX parts_record ON parts (subject_key, record_id, owner_id)',
    'CREATE UNIQUE INDEX parts_owner ON parts (subject_key, owner_id, record_id)',
    // Marks on records, or on the whole subject where the record is empty; `recipients` and `shown` are JSON. Those that ended tell
    // of subjects that were gained or lost by them.
    `CREATE TABLE marks (
       subject_key INTEGER NOT NULL, record_id TEXT NOT NULL, originator TEXT NOT NULL, level TEXT NOT NULL,
       recipients TEXT NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL, shown TEXT NOT NULL) STRICT`,
    `CREATE UNIQUE INDEX marks_now ON marks (subject_key, record_id, originator) WHERE ends = ${OPEN}`,
    `CREATE INDEX marks_subject ON marks (subject_key) WHERE record_id = '${THE_SUBJECT}'`,
    `CREATE INDEX marks_begun ON marks (begins) WHERE record_id = '${THE_SUBJECT}'`,
    `CREATE TABLE ${quoted(head)} (
       v INTEGER PRIMARY KEY, valid_to INTEGER NOT NULL, key INTEGER NOT NULL, revision INTEGER NOT NULL) STRICT`,
    `CREATE INDEX ${quoted(currentHeadIndex(head))} ON ${quoted(head)} (v) WHERE valid_to = ${OPEN}`,
    ...group.models.flatMap((model) => modelSchema(model)),
  ];
}

/** Tells tables of one version number from others: a change that was given no version of its own is noticed. */
export const fingerprintOf = (group: ProjectionGroup): string => hash('sha256', schemaOf(group));

function modelSchema({ name, level, columns, indexes }: ReadModel): string[] {
  const declared = Object.entries(columns).map(([column, { type }]) => `${quoted(column)} ${TYPES[type]}, `);
  const index = (suffix: string, over: readonly string[]) =>
    `CREATE INDEX ${quoted(`${name}_${suffix}`)} ON ${quoted(name)} (${over.map(quoted).join(', ')})`;
  return [
    `CREATE TABLE ${quoted(name)} (
       v INTEGER PRIMARY KEY, valid_to INTEGER NOT NULL, key INTEGER NOT NULL, subject_key INTEGER NOT NULL, id TEXT NOT NULL,
       ${declared.join('')}data TEXT NOT NULL) STRICT`,
    index('subject', ['subject_key', 'v', 'valid_to']),
    ...(level === 'record' ? [index('id', ['id', 'subject_key', 'v'])] : []),
    ...indexes.map((over) => index(`by_${over.join('_')}`, [...over, 'v'])),
  ];
}

/** A name in a statement. `checkGroup` has let none through that holds a quote. */
export const quoted = (name: string): string => `"${name}"`;
