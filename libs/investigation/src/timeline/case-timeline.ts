import { Args, ArgsType, Context, Field, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ArrayMaxSize, IsArray, IsIn, IsOptional, Length, ValidateNested } from 'class-validator';
import { AsOfInput } from '#api/as-of.js';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { invalidCursor } from '#api/cursors.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { type RequestContext } from '#api/request-context.js';
import { Case } from '../cases/case.js';
import { boundTo, nodeReadAt, type ReadAt, readAt } from '../cases/case-node.js';
import { allRecords, anyRecord, type FoundRecord, ofCase, withoutCase } from '../record-kinds.js';
import { knownOrder } from './known-order.js';
import { timeOf } from './record-times.js';
import { TimelineEntry, TimelineOrder } from './timeline-entry.js';
import { byOccurrence, type Placeable, type Place } from './timeline-order.js';

@ArgsType()
export class TimelineArgs extends PageArgs {
  @Field(() => TimelineOrder, { defaultValue: 'OCCURRED', description: 'What they are put in order by.' })
  @IsIn(Object.keys(TimelineOrder))
  orderBy: TimelineOrder = 'OCCURRED';

  @Field(() => [String], {
    nullable: true,
    description: 'Only records of these kinds, `observation` for example; omitted: of all.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Length(1, 100, { each: true })
  kinds?: string[] | null;

  @Field(() => AsOfInput, {
    nullable: true,
    description: 'The moment to read at; omitted: the one that the case is read at.',
  })
  @IsOptional()
  @ValidateNested()
  asOf?: AsOfInput | null;
}

const TimelineConnection = connection(TimelineEntry);

interface Line extends Placeable {
  found: FoundRecord;
  occurred: ReturnType<typeof timeOf>;
}

/** All records of a case in one order. */
@Resolver(() => Case)
export class CaseTimeline {
  @ResolveField(() => TimelineConnection, {
    description:
      'All records of the case, of every kind, in the order in which they occurred or were recorded; what is known of their order (before, after, in response to) holds.',
  })
  async timeline(
    @Parent() parent: Case,
    @Args() args: TimelineArgs,
    @Context() context: RequestContext,
  ): Promise<Connection<TimelineEntry>> {
    const { orderBy, kinds, asOf } = args;
    const read = readAt(parent);
    const list = { kind: 'case.timeline', args: { case: boundTo(read), orderBy, kinds, asOf } };
    const asked = asOf ? await read.session.at(asOf) : read.at;
    const request = await pageRequest(list, args, asked, context);
    const records = await allRecords(parent, request.at);
    const before = orderInEach(records);
    const lines = inOrder(records.map(lineOf), before, orderBy).filter(
      ({ line }) => !kinds || kinds.includes(line.found.kind),
    );
    const from = request.after === undefined ? 0 : placeBehind(request.after, lines);
    const page = lines.slice(from, from + request.first).map((one) => ({ ...one, cursor: one.line.key }));
    const hasNext = from + request.first < lines.length;
    const where = { ...read, at: request.at };
    return new RowPage(page, hasNext, (one) => entryOf(one, before, where), list, request, context);
  }
}

/** Behind the record that a page ended with: how many stand before it is another number where less may be seen by now, or more. */
function placeBehind(key: number, lines: readonly PlacedLine[]): number {
  const place = lines.findIndex(({ line }) => line.key === key);
  if (place < 0) invalidCursor('the record that it stands behind may not be seen any more');
  return place + 1;
}

/** What is known of the order of the records of each case. */
function orderInEach(records: readonly FoundRecord[]): (readonly [string, string])[] {
  const cases = new Map<number, FoundRecord[]>();
  for (const one of records) {
    const others = cases.get(one.caseKey);
    if (others) others.push(one);
    else cases.set(one.caseKey, [one]);
  }
  return [...cases].flatMap(([key, own]) =>
    knownOrder(own).map(([one, other]) => [ofCase(key, one), ofCase(key, other)] as const),
  );
}

function lineOf(found: FoundRecord): Line {
  const occurred = timeOf(found.row);
  const { earliest, latest } = occurred?.time ?? { earliest: null, latest: null };
  const id = ofCase(found.caseKey, found.id);
  return { id, key: found.key, earliest, latest, isDated: occurred !== null, found, occurred };
}

interface PlacedLine {
  line: Line;
  place: Place;
}

function inOrder(lines: Line[], before: readonly (readonly [string, string])[], orderBy: TimelineOrder): PlacedLine[] {
  const placed = byOccurrence(lines, before).map(({ entry, place }) => ({ line: entry, place }));
  return orderBy === 'OCCURRED' ? placed : placed.sort((one, other) => one.line.key - other.line.key);
}

function entryOf(
  { line, place }: PlacedLine,
  before: readonly (readonly [string, string])[],
  read: ReadAt,
): TimelineEntry {
  const { id, found, occurred } = line;
  const row = { ...found.row, ...(found.known && { known: found.known }), mergedFrom: found.mergedFrom };
  return {
    ...{ recordKind: found.kind, recordId: found.id, place, recordedAt: found.row.recordedAt as string },
    ...{ occurred: occurred?.time ?? null, occurredBy: occurred?.field ?? null },
    after: [...new Set(before.filter(([, later]) => later === id).map(([earlier]) => withoutCase(earlier)))],
    record: nodeReadAt(anyRecord(found.kind, row), { ...read, key: found.caseKey }),
  };
}
