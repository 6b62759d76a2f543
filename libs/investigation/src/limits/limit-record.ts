import { Field, ID, ObjectType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, ValidateNested } from 'class-validator';
import { namesOf } from '#access/cases/case-access.js';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { known } from '../known-records.js';
import { Id, OptionalProse } from '../fields.js';
import { Grantee, GranteeInput, keyOfGrantee, NamedAnew, nameOf } from '../members/grantee.js';

@CommandInput(
  'Limits a record to those who are named: nobody else sees it, in no view of the past either. Given again, it replaces the names.',
)
export class LimitRecord extends CaseCommand {
  @Id('The record: of any kind, of this case.')
  recordId!: string;

  @Field(() => [GranteeInput], {
    description: 'Who sees the record, if they may read the case: you among them, 1 to 100.',
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ArrayUnique(keyOfGrantee)
  @ValidateNested({ each: true })
  @NamedAnew()
  named!: GranteeInput[];

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'A record was limited to those who are named.' })
@StoredEvent<RecordLimited>('RecordLimited', {
  version: 1,
  stix: 'none: who of the house may see a record',
  summary: ({ recordId, named }) => `Record ${recordId} limited to ${named?.map(nameOf).join(', ')}`,
})
export class RecordLimited {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => [Grantee], { nullable: true, description: 'Who sees it.' })
  named?: Grantee[];

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const limitRecord = slice<CaseState, LimitRecord>(LimitRecord, ({ recordId, named, reason }, state, context) => {
  known(state.records, recordId, 'record');
  const names = named.map(nameOf);
  if (!namesOf(context.actor).some((name) => names.includes(name))) {
    refuse('LOCKED_OUT', 'You would not see the record any more, nor could you undo it: name yourself too.');
  }
  const before = state.access.walls.get(recordId)?.get('LIMIT')?.names;
  if (before?.size === names.length && names.every((name) => before.has(name))) {
    refuse('NOTHING_CHANGED', 'The record is limited to exactly these already.');
  }
  return [event(RecordLimited, { recordId, named, reason: reason ?? undefined })];
});
