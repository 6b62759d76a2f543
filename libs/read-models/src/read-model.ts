import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { type AccessModel } from './access-changes.js';
import { type Class, type EventHandler, handlersByType, storedEventOf } from '#event-sourcing/event.js';

/** A row as readers see it: JSON values by field name. */
export type Row = Record<string, unknown>;

/** Versions of rows that an event leads to. Fields given replace the row's own of that name; null clears one. */
export type Change = { op: 'create'; id: string; fields: Row } | { op: 'change'; id: string; fields: Row };

/** A new record, under its own id. */
export const create = (id: string, fields: Row): Change => ({ op: 'create', id, fields });

/** A new version of a record: what is not named stays. */
export const change = (id: string, fields: Row): Change => ({ op: 'change', id, fields });

/** What one event does to one read model: pure. `current` is the row an id stands at, for values that build on it. */
export type Project = (event: never, recorded: RecordedEnvelope, current: (id: string) => Row | undefined) => Change[];

/** A handler of one event type, for a read model's list. */
export function on<E extends object>(
  eventClass: Class<E>,
  handle: (event: E, recorded: RecordedEnvelope, current: (id: string) => Row | undefined) => Change[],
): EventHandler<Project> {
  return { type: storedEventOf(eventClass).type, handle: handle };
}

/** SQL type of a column that can be filtered or ordered by. */
export type ColumnType = 'text' | 'integer' | 'boolean';

/** A column beside the row's JSON: derived from the row at each version, so that filters and orders reach it. */
export interface Column {
  type: ColumnType;
  of(row: Row): string | number | boolean | null;
}

/**
 * A table of versioned rows. Every row answers, beside its fields: `id`, `revision` (of its last change, in its stream),
 * `recordedAt` and `recordedBy` (of its first version). All live in the row's JSON text; `columns` repeats what is filtered by.
 */
export interface ReadModel {
  /** The table's name. */
  name: string;
  /** `subject`: one row per stream (the wide case row). `record`: any number within a subject. */
  level: 'subject' | 'record';
  columns: Readonly<Record<string, Column>>;
  /** Each a list of columns that gets an index over all versions, so that it serves the past as well; keep them few. */
  indexes: readonly (readonly string[])[];
  handlers: ReadonlyMap<string, Project>;
  /** The columns that hold the ids of the records a row belongs to: whoever may not see one of them does not see the row. */
  partOf?: readonly string[];
  /** The column that holds the id of another subject that a row tells of: whoever may not see that does not see the row. */
  tellsOf?: string;
  /** The column that holds the id of another subject, where a row shows even to whoever may not see that: they are not told the id. */
  names?: string;
  /** Its rows follow from other records and are none themselves: events do not concern them, and they are no changes. */
  derived?: boolean;
  /** Its rows tell of the subject itself, not of a record in it: events do not concern a record by them. */
  ofSubject?: boolean;
  /**
   * Where only what somebody knew is read: the column with the id of the record by whose being known a row is let through as
   * well as by its own being known; omitted: by its own alone. Null: it is always, being no record.
   */
  knownBy?: string | null;
  /** The fields whose prose is searched, empty for none; omitted: all of them. What is prose in them the group says. */
  text?: readonly string[];
}

/** A read model: its name, what its rows belong to, and the handlers that turn events into changes of its rows. */
export function readModel(definition: {
  name: string;
  level: ReadModel['level'];
  columns?: ReadModel['columns'];
  indexes?: ReadModel['indexes'];
  partOf?: ReadModel['partOf'];
  tellsOf?: string;
  names?: string;
  derived?: boolean;
  ofSubject?: boolean;
  knownBy?: string | null;
  text?: readonly string[];
  handlers: readonly EventHandler<Project>[];
}): ReadModel {
  const { columns = {}, indexes = [], handlers, ...rest } = definition;
  return { ...rest, columns, indexes, handlers: handlersByType(handlers) };
}

/** All read models that are written together: one reader, one transaction, one checkpoint, one version. */
export interface ProjectionGroup {
  /** Raised whenever a handler or a table changes: another version is another read store, built from the log. */
  version: number;
  /**
   * The oldest version whose rows this software's queries and resolvers still understand: its store is served while that of this
   * version is built. Omitted: no other than its own.
   */
  readableSince?: number;
  /** Streams of this category are the subjects: `<category>_head` has a version for each event of one. */
  category: string;
  models: readonly ReadModel[];
  /** Who may see a subject, and which records of it. */
  access: AccessModel;
  /** The types of the entries by which a reader's feed tells it that it may see a subject from then on, or no longer. */
  told: { gained: string; lost: string };
  /** The prose in fields of a row, to be searched: no ids, times or values of enumerations. Omitted: nothing is searched. */
  prose?: (fields: Row) => string[];
}
