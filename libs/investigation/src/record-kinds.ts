import { type Type } from '@nestjs/common';
import { createUnionType } from '@nestjs/graphql';
import { type ReadModel } from '#read-models/read-model.js';
import { type ReadPoint, type ReadSession, type RecordRow } from '#read-models/read-session.js';
import { refuse } from '#event-sourcing/refusal.js';
import { capabilities } from './capabilities.js';
import { type Capability } from './capability.js';
import { type Case } from './cases/case.js';
import { readAt } from './cases/case-node.js';
import { mergedInto } from './merges/merged-cases.js';
import { CaseRecord } from './record.js';

/** A kind of record, by the name that commands and events call it by. */
export interface RecordKind {
  kind: string;
  type: Type<CaseRecord>;
  readModel: ReadModel;
}

/** Every kind of record that a case has. */
export const recordKinds: readonly RecordKind[] = capabilities.flatMap(({ records, readModel }) =>
  records && readModel && isRecord(records.type) ? [{ kind: kindOf(records), type: records.type, readModel }] : [],
);

/** What each row of a read model is, by the read model's name: of what is no record, too. */
const rowKinds = new Map([
  ['cases', 'case'],
  // A field of the case.
  ['merges', 'case'],
  ['caseRelations', 'caseRelation'],
  ...capabilities.flatMap(({ records, readModel }) =>
    records && readModel ? [[readModel.name, kindOf(records)] as const] : [],
  ),
]);

/** What a row of a read model is, as commands, events and what is told of records call it. Throws for one that has no name. */
export function rowKind(readModel: string): string {
  const kind = rowKinds.get(readModel);
  if (!kind) throw new Error(`What the rows of ${readModel} are has no name: see record-kinds.ts.`);
  return kind;
}

/** Records are what can be marked, known and retracted; what is told of them, such as their limits, is none. */
export function isRecord(type: Type<object>): type is Type<CaseRecord> {
  return type.prototype instanceof CaseRecord;
}

function kindOf({ kind, type: { name } }: NonNullable<Capability['records']>): string {
  return kind ?? name.charAt(0).toLowerCase() + name.slice(1);
}

/** A record that was read, and what kind it is of. */
export interface FoundRecord extends RecordRow {
  kind: string;
  id: string;
  /** Of the case it is of: one that was merged into the case asked about, perhaps; then `mergedFrom` is its id. */
  caseKey: number;
  mergedFrom: string | null;
}

/** Records name those of their own case alone, and another case may have one of the same id: this is one record, whatever is merged. */
export const ofCase = (caseKey: number, id: string): string => `${caseKey}/${id}`;

/** The record's own id again. */
export const withoutCase = (id: string): string => id.slice(id.indexOf('/') + 1);

/** So many records of one kind are read at once on the main thread; where there are more, elsewhere. */
const AT_ONCE = 200;
/** The most records of one kind that what is told of all records of a case is made of. */
const MOST = 20_000;

/** All records of a case and of those merged into it, of every kind. Refuses with LIMIT_EXCEEDED a case with too many. */
export async function allRecords(parent: Case, at: ReadPoint): Promise<FoundRecord[]> {
  const { session, key } = readAt(parent);
  const own = { key, id: null };
  const asked = [own, ...(await mergedInto(parent, at))].flatMap(({ key: caseKey, id: mergedFrom }) =>
    recordKinds.map(async (one) =>
      (await recordsOfKind(session, one, caseKey, at)).map((found) => ({ ...found, caseKey, mergedFrom })),
    ),
  );
  return (await Promise.all(asked)).flat();
}

async function recordsOfKind(
  session: ReadSession,
  { kind, readModel }: RecordKind,
  caseKey: number,
  at: ReadPoint,
): Promise<Omit<FoundRecord, 'caseKey' | 'mergedFrom'>[]> {
  let page = await session.records(readModel, caseKey, { first: AT_ONCE }, at);
  if (page.hasNext) page = await session.records(readModel, caseKey, { first: MOST, effort: 'long' }, at);
  if (page.hasNext)
    refuse('LIMIT_EXCEEDED', `The case has more than ${MOST} ${readModel.name}; read them in pages.`, {
      allowed: MOST,
    });
  return page.rows.map((found) => ({ ...found, kind, id: found.row.id as string }));
}

/** A record remembers its kind beside its fields, for the union. */
const KIND = Symbol('record kind');

/** A row as one of the union of all records. */
export function anyRecord<R extends object>(kind: string, row: R): R {
  return Object.assign(row, { [KIND]: kind });
}

export const AnyRecord = createUnionType({
  name: 'AnyRecord',
  description:
    'A record of a case, of whatever kind. Give what the kinds have in common names of their own where its types differ.',
  types: () => recordKinds.map(({ type }) => type),
  resolveType: (value: { [KIND]: string }) => recordKinds.find(({ kind }) => kind === value[KIND])?.type.name,
});
