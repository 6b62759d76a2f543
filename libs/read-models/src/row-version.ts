import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { type Change, type ReadModel, type Row } from './read-model.js';
import { storable } from './storable.js';

/** A row's current version. */
export interface CurrentVersion {
  v: number;
  key: number;
  /** The row as JSON. */
  data: string;
}

/** A new version of a row. */
export interface RowVersion extends CurrentVersion {
  model: ReadModel;
  subjectKey: number;
  id: string;
  /** Of the columns the model declares, in their order. */
  columns: readonly (string | number | null)[];
  /** The version that ends where this one begins. */
  replaces: number | null;
}

/** What an event is about. */
export interface Subject {
  /** The key of its stream. */
  key: number;
  id: string;
}

/** The version that a change leads to. Throws where it does not fit what is there. */
export function nextVersion(
  model: ReadModel,
  { op, id, fields }: Change,
  v: number,
  recorded: RecordedEnvelope,
  subject: Subject,
  current: CurrentVersion | undefined,
): RowVersion {
  const { name, level } = model;
  if (level === 'subject' && id !== subject.id) {
    throw new Error(`${name} holds a row for each subject; ${id} is none of ${recorded.stream}.`);
  }
  if (op === 'create' && current) throw new Error(`${name} holds ${id} already.`);
  if (op === 'change' && !current) throw new Error(`${name} holds no ${id} of ${recorded.stream}.`);
  const row = current ? changed(JSON.parse(current.data) as Row, fields, recorded) : created(id, fields, recorded);
  return {
    model,
    v,
    key: current?.key ?? v,
    subjectKey: subject.key,
    id,
    data: JSON.stringify(row),
    columns: columnValues(model, row),
    replaces: current?.v ?? null,
  };
}

function created(id: string, fields: Row, { recordedAt, revision, actor }: RecordedEnvelope): Row {
  const recordedBy = { id: actor.id, name: actor.name, kind: actor.kind };
  return { ...fields, id, revision, recordedAt, recordedBy };
}

function changed(row: Row, fields: Row, { revision }: RecordedEnvelope): Row {
  const { id, recordedAt, recordedBy } = row;
  return { ...row, ...fields, id, revision, recordedAt, recordedBy };
}

/** Throws where a value is none of the type that its column declares. */
function columnValues({ name, columns }: ReadModel, row: Row): (string | number | null)[] {
  const values: (string | number | null)[] = [];
  for (const column in columns) {
    const { type } = columns[column];
    const value = columns[column].of(row) ?? null;
    const isFitting = type === 'integer' ? Number.isSafeInteger(value) : typeof value === TYPE_OF[type];
    if (value !== null && !isFitting) {
      throw new TypeError(`${name}.${column} is ${type}, and ${JSON.stringify(value)} is none.`);
    }
    values.push(typeof value === 'boolean' ? Number(value) : typeof value === 'string' ? storable(value) : value);
  }
  return values;
}

const TYPE_OF = { text: 'string', boolean: 'boolean' } as const;
