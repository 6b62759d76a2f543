import { Args, ArgsType, Context, Field, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { IsOptional, ValidateNested } from 'class-validator';
import { IsId } from '#event-sourcing/command.js';
import { AsOfInput } from '#api/as-of.js';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { type RequestContext } from '#api/request-context.js';
import { VERSIONS_PER_EVENT } from '#read-models/versions.js';
import { WITHHELD } from '#read-models/withhold.js';
import { type ReadPoint } from '#read-models/read-session.js';
import { Case } from '../cases/case.js';
import { boundTo, nodeReadAt, type ReadAt, readAt } from '../cases/case-node.js';
import { knowingModel } from '../knowledge/knowing-read-model.js';
import { type MergedCase, mergedInto, type PlacedRecord, recordsOfAll, shownIn } from '../merges/merged-cases.js';
import { allRecords, anyRecord, type FoundRecord, ofCase, recordKinds } from '../record-kinds.js';
import { isTakenBack } from '../retractions/taken-back.js';
import { type FuzzyTimeReading } from '../values/fuzzy-time.js';
import { disclosureModel } from './disclosure-read-model.js';
import { type DisclosedRecord } from './disclosure-fields.js';
import { LedgerEntry, type ToldRecord } from './ledger-entry.js';
import { differencesBetween } from './told-differences.js';

@ArgsType()
export class LedgerArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only what this party was told; omitted: all that was disclosed.' })
  @IsOptional()
  @IsId()
  toPartyId?: string | null;

  @Field(() => AsOfInput, {
    nullable: true,
    description: 'The moment of our record to compare with; omitted: that at which each disclosure was recorded.',
  })
  @IsOptional()
  @ValidateNested()
  comparedAt?: AsOfInput | null;
}

const LedgerConnection = connection(LedgerEntry);

/** A record's key tells the sequence of the event that recorded it. */
const sequenceOf = (key: number): number => Math.floor(key / VERSIONS_PER_EVENT);

/** The most rows that tell what a party knew. */
const MOST = 20_000;

/** Who was told what and when, beside what we knew. */
@Resolver(() => Case)
export class DisclosureLedger {
  @ResolveField(() => LedgerConnection, {
    description:
      'Who was told what and when, last changed first: each record as it stood when it was told, how that differs from what we knew at that moment, and what they were not told.',
  })
  async disclosureLedger(
    @Parent() parent: Case,
    @Args() args: LedgerArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<LedgerEntry>> {
    const { toPartyId, comparedAt } = args;
    const read = readAt(parent);
    const list = { kind: 'case.disclosureLedger', args: { case: boundTo(read), toPartyId, comparedAt } };
    const request = await pageRequest(list, args, read.at, context);
    const where = toPartyId ? ({ column: 'toPartyId', op: 'eq', value: toPartyId } as const) : undefined;
    const here = { ...read, at: request.at };
    const merged = await mergedInto(parent, request.at);
    const found = await recordsOfAll(here, merged, disclosureModel, { ...request, where });
    // A party that may not be seen is named by none of them: neither do they show by its id.
    const isShown = !toPartyId || found.rows.every(({ row }) => row.toPartyId === toPartyId);
    const { rows, hasNext } = isShown ? found : { rows: [], hasNext: false };
    const fixed = comparedAt ? await read.session.at(comparedAt, 'comparedAt') : undefined;
    const entries: (LedgerEntry & { cursor: number })[] = [];
    // One after the other: each reads the whole record of a moment.
    for (const row of rows) entries.push({ ...(await entryOf(row, parent, fixed)), cursor: row.v });
    return new RowPage(entries, hasNext, (entry) => entry, list, request, context);
  }
}

async function entryOf(
  { key, row, known, read, mergedCase }: PlacedRecord,
  parent: Case,
  fixed: ReadPoint | undefined,
): Promise<LedgerEntry> {
  const { session } = read;
  const moment = fixed ?? (await session.at({ sequence: sequenceOf(key) }));
  const beside = await caseBeside(parent, mergedCase, moment);
  const all = await allRecords(beside, moment);
  const records = new Map(all.filter(({ caseKey }) => caseKey === read.key).map((one) => [one.id, one]));
  const told = await toldRecords(row.disclosed as DisclosedRecord[], records, read, mergedCase, moment);
  const toPartyId = row.toPartyId as string | null;
  const heard = await heardOf(toPartyId, row.id as string, read, beside, moment);
  const isToldHere = (id: string): boolean => id === row.id || told.some(({ recordId }) => recordId === id);
  const isUntold = ({ caseKey, id, row: one }: FoundRecord): boolean =>
    !isTakenBack(one) && !heard.has(ofCase(caseKey, id)) && !(caseKey === read.key && isToldHere(id));
  // What a party that may not be seen was told otherwise cannot be seen either.
  const untold = toPartyId === WITHHELD ? [] : all.filter(isUntold);
  return {
    disclosure: nodeReadAt(known ? { ...row, known } : row, read),
    ...{ comparedAt: moment.sequence, told, isOverdue: isOverdue(row, read.at) },
    untold: untold.map(({ kind, id, row: { revision } }) => ({
      ...{ recordId: id, recordKind: kind, knownRevision: revision as number },
    })),
  };
}

/** Where to read what we knew at a moment: in one with the case that it was told from, or in that alone, where they were not merged yet. */
async function caseBeside(parent: Case, told: MergedCase | undefined, moment: ReadPoint): Promise<Case> {
  if (!told || (await mergedInto(parent, moment)).some(({ id }) => id === told.id)) return parent;
  return nodeReadAt({ id: told.id }, { ...readAt(parent), key: told.key });
}

/** What was told, each record as it stood then, beside the same record at the moment compared with. */
async function toldRecords(
  disclosed: readonly DisclosedRecord[],
  records: ReadonlyMap<string, FoundRecord>,
  read: ReadAt,
  mergedCase: MergedCase | undefined,
  moment: ReadPoint,
): Promise<ToldRecord[]> {
  // First recorded after the moment compared with: our record said nothing of it then. What whoever reads may not see of then did stand.
  const isLater = (key: number): boolean => sequenceOf(key) > moment.sequence;
  const asTold = new Map<string, { kind: string; key: number; row: Record<string, unknown> }>();
  const revisions = new Map(disclosed.map(({ recordId, revision }) => [recordId, revision]));
  for (const { kind, readModel } of recordKinds) {
    const found = await read.session.recordsAt(readModel, read.key, revisions, read.at);
    for (const [id, one] of found) asTold.set(id, { kind, ...one });
  }
  return disclosed.map(({ recordId, revision }) => {
    const told = asTold.get(recordId);
    const now = records.get(recordId);
    return {
      ...{ recordId, revision, recordKind: told?.kind ?? null },
      knownRevision: (now?.row.revision as number | undefined) ?? null,
      record: told ? nodeReadAt(anyRecord(told.kind, shownIn(told.row, mergedCase)), read) : null,
      differences: told && (now || isLater(told.key)) ? differencesBetween(told.row, now?.row ?? {}) : [],
    };
  });
}

/**
 * The records that a party, or the public, had been told of or had told otherwise than by a disclosure, by what stood in the record
 * at a moment: what that one told is as it stands corrected.
 */
async function heardOf(
  partyId: string | null,
  disclosureId: string,
  { session, key }: ReadAt,
  beside: Case,
  moment: ReadPoint,
): Promise<Set<string>> {
  if (!partyId) return publishedBeside(ofCase(key, disclosureId), beside, moment);
  const where = { column: 'partyId', op: 'eq', value: partyId } as const;
  const { rows } = await session.records(knowingModel, key, { first: MOST, where }, moment);
  // What somebody is only said to have known nobody told them.
  const telling = rows.filter(
    ({ row: { by, throughId } }) => (by === 'NOTIFICATION' || by === 'DISCLOSURE') && throughId !== disclosureId,
  );
  return new Set(telling.map(({ row }) => ofCase(key, row.recordId as string)));
}

/** The publications of a case, and of those merged into it, beside one that stood at a moment, and what they published. */
async function publishedBeside(disclosure: string, beside: Case, moment: ReadPoint): Promise<Set<string>> {
  const where = { column: 'toPartyId', op: 'isNull', value: true } as const;
  const request = { first: MOST, where, at: moment };
  const merged = await mergedInto(beside, moment);
  const { rows } = await recordsOfAll(readAt(beside), merged, disclosureModel, request);
  const standing = rows.filter(
    ({ row, read: { key } }) => ofCase(key, row.id as string) !== disclosure && !isTakenBack(row),
  );
  return new Set(
    standing.flatMap(({ row, read: { key } }) => [
      ofCase(key, row.id as string),
      ...(row.disclosed as DisclosedRecord[]).map(({ recordId }) => ofCase(key, recordId)),
    ]),
  );
}

function isOverdue({ status, acknowledgedAt, acknowledgementDue }: Record<string, unknown>, at: ReadPoint): boolean {
  const { latest } = acknowledgementDue as FuzzyTimeReading;
  if (acknowledgedAt || status === 'RETRACTED' || latest === null) return false;
  return latest < at.moment;
}
