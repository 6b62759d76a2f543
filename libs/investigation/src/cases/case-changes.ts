import { Args, ArgsType, Field, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { IsOptional, ValidateNested } from 'class-validator';
import { AsOfInput } from '#api/as-of.js';
import { RecordedBy } from '#api/recorded-by.js';
import { Json, Sequence } from '#api/scalars.js';
import { rowKind } from '../record-kinds.js';
import { Case } from './case.js';
import { readAt } from './case-node.js';

@ArgsType()
export class ChangesArgs {
  @Field(() => AsOfInput, { description: 'Changes after this moment.' })
  @ValidateNested()
  from!: AsOfInput;

  @Field(() => AsOfInput, {
    nullable: true,
    description: 'Up to this moment; omitted: to the moment the case is read at.',
  })
  @IsOptional()
  @ValidateNested()
  to?: AsOfInput | null;
}

@ObjectType({ description: 'A field of the case or of one of its records that an event changed.' })
export class RecordChange {
  @Field(() => ID, { description: 'The case or the record.' })
  record!: string;

  @Field(() => String, {
    description:
      'What that is: `case`, a kind of record (`observation`, …), or what is told under its id (`limit`, `marking`, `retraction`) or of the case (`member`, `caseRelation`).',
  })
  recordKind!: string;

  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => Json, { nullable: true, description: 'What it said before; null: nothing.' })
  old!: unknown;

  @Field(() => Json, { nullable: true, description: 'What it says from then on; null: nothing.' })
  new!: unknown;

  @Field(() => Sequence, { description: 'The event that changed it: its place in the log.' })
  sequence!: number;

  @Field(() => ID, { description: 'The event that changed it.' })
  eventId!: string;

  @Field(() => RecordedBy, { description: 'Who recorded that.' })
  actor!: RecordedBy;

  @Field(() => String, { nullable: true, description: 'Why, if a reason was given.' })
  reason!: string | null;
}

/** What changed in a case between two moments. */
@Resolver(() => Case)
export class CaseChanges {
  @ResolveField(() => [RecordChange], {
    description: 'What changed between two moments, in order; a new record changes each of its fields.',
  })
  async changes(@Parent() parent: Case, @Args() { from, to }: ChangesArgs): Promise<RecordChange[]> {
    const { session, at, key } = readAt(parent);
    const changes = await session.changes(key, await session.at(from, 'from'), to ? await session.at(to, 'to') : at);
    return changes.map(({ model, ...change }) => ({ ...change, recordKind: rowKind(model) }));
  }
}
