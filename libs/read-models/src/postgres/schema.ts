import { hash } from 'node:crypto';
import { THE_SUBJECT } from '../access-changes.js';
import { headTable, OPEN, VERSIONS_PER_EVENT } from '../versions.js';
import { type ColumnType, type ProjectionGroup, type ReadModel } from '../read-model.js';

const TEXT = 'text COLLATE "C"';
const TYPES: Readonly<Record<ColumnType, string>> = { text: TEXT, integer: 'int8', boolean: 'int2' };

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * The tables of a store, which is a schema; those of the embedded engine, column by column. Texts are compared by code point,
 * whatever language the database is for.
 */
export function partsOf(group: ProjectionGroup): { tables: string[]; indexes: string[] } {
  const head = headTable(group);
  return {
    tables: [
      `CREATE TABLE checkpoint (
         one int2 PRIMARY KEY CHECK (one = 1), sequence int8 NOT NULL, position ${TEXT} NOT NULL, log_time int8 NOT NULL,
         log_id ${TEXT} NOT NULL, group_version int8 NOT NULL, fingerprint ${TEXT} NOT NULL)`,
      `CREATE TABLE streams (key int8 PRIMARY KEY, name ${TEXT} NOT NULL)`,
      `CREATE TABLE events (
         sequence int8 PRIMARY KEY, stream_key int8 NOT NULL, subject_key int8, revision int8 NOT NULL,
         recorded_at int8 NOT NULL, log_time int8 NOT NULL, type ${TEXT} NOT NULL, position ${TEXT} NOT NULL,
         id ${TEXT} NOT NULL, record_ids ${TEXT}, actor_id ${TEXT} NOT NULL)`,
      `CREATE TABLE grants (
         subject_key int8 NOT NULL, name ${TEXT} NOT NULL, begins int8 NOT NULL, ends int8 NOT NULL, reads_from int8 NOT NULL)`,
      `CREATE UNIQUE INDEX grants_now ON grants (subject_key, name) WHERE ends = ${OPEN}`,
      `CREATE TABLE walls (
         subject_key int8 NOT NULL, record_id ${TEXT} NOT NULL, wall ${TEXT} NOT NULL, kind ${TEXT} NOT NULL,
         names text[] COLLATE "C" NOT NULL)`,
      'CREATE UNIQUE INDEX walls_record ON walls (subject_key, record_id, wall)',
      `CREATE TABLE parts (
         subject_key int8 NOT NULL, record_id ${TEXT} NOT NULL, owner_id ${TEXT} NOT NULL, direct int2 NOT NULL)`,
      'CREATE UNIQUE INDEX parts_record ON parts (subject_key, record_id, owner_id)',
      'CREATE UNIQUE INDEX parts_owner ON parts (subject_key, owner_id, record_id)',
      `CREATE TABLE marks (
         subject_key int8 NOT NULL, record_id ${TEXT} NOT NULL, originator ${TEXT} NOT NULL, level ${TEXT} NOT NULL,
         recipients text[] COLLATE "C" NOT NULL, begins int8 NOT NULL, ends int8 NOT NULL, shown ${TEXT} NOT NULL)`,
      `CREATE UNIQUE INDEX marks_now ON marks (subject_key, record_id, originator) WHERE ends = ${OPEN}`,
      `CREATE TABLE ${quoted(head)} (
         v int8 PRIMARY KEY, valid_to int8 NOT NULL, key int8 NOT NULL, revision int8 NOT NULL)`,
      ...group.models.map(modelTable),
    ],
    indexes: [
      'CREATE UNIQUE INDEX streams_name ON streams (name)',
      'CREATE INDEX events_id ON events (id)',
      'CREATE INDEX events_subject ON events (subject_key, sequence)',
      'CREATE INDEX events_log_time ON events (log_time)',
      'CREATE INDEX grants_subject ON grants (subject_key, name)',
      // Those of a subject's first event are told by that event itself.
      `CREATE INDEX grants_begun ON grants (begins) WHERE begins * ${VERSIONS_PER_EVENT} <> subject_key`,
      `CREATE INDEX grants_ended ON grants (ends) WHERE ends <> ${OPEN}`,
      `CREATE INDEX marks_subject ON marks (subject_key) WHERE record_id = '${THE_SUBJECT}'`,
      `CREATE INDEX marks_begun ON marks (begins) WHERE record_id = '${THE_SUBJECT}'`,
      `CREATE INDEX ${quoted(`${head}_now`)} ON ${quoted(head)} (v) WHERE valid_to = ${OPEN}`,
      ...group.models.flatMap(modelIndexes),
    ],
  };
}

/** Tells tables of one version number from others: a change that was given no version of its own is noticed. */
export function fingerprintOf(group: ProjectionGroup): string {
  const { tables, indexes } = partsOf(group);
  return hash('sha256', [...tables, ...indexes].join(';\n'));
}

function modelTable({ name, columns }: ReadModel): string {
  const declared = Object.entries(columns).map(([column, { type }]) => `${quoted(column)} ${TYPES[type]}, `);
  return `CREATE TABLE ${quoted(name)} (
    v int8 PRIMARY KEY, valid_to int8 NOT NULL, key int8 NOT NULL, subject_key int8 NOT NULL, id ${TEXT} NOT NULL,
    ${declared.join('')}data ${TEXT} NOT NULL)`;
}

function modelIndexes({ name, level, indexes }: ReadModel): string[] {
  const index = (suffix: string, over: readonly string[]): string =>
    `CREATE INDEX ${quoted(`${name}_${suffix}`)} ON ${quoted(name)} (${over.map(quoted).join(', ')})`;
  return [
    index('subject', ['subject_key', 'v', 'valid_to']),
    ...(level === 'record' ? [index('id', ['id', 'subject_key', 'v'])] : []),
    ...indexes.map((over) => index(`by_${over.join('_')}`, [...over, 'v'])),
  ];
}
