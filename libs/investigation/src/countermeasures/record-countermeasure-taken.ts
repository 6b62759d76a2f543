import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { CountermeasureCommand, CountermeasureFacts, countermeasureFacts } from './countermeasure-fields.js';

@CommandInput(
  'Records a countermeasure that was taken already, by us or as somebody says of others, without a proposal in the record.',
)
export class RecordCountermeasureTaken extends CountermeasureCommand {
  @When('When it was applied.')
  occurredAt: string = 'NOT_STATED';

  @OptionalId('The id of the new countermeasure, if you choose it: a UUID in lower case.')
  countermeasureId?: string | null;
}

@ObjectType({ description: 'A countermeasure was taken, without a proposal in the record.' })
@StoredEvent<CountermeasureTaken>('CountermeasureTaken', {
  version: 1,
  stix: 'task: implemented-control',
  summary: ({ description, countermeasureKind }) =>
    `Countermeasure taken (${countermeasureKind}): ${excerpt(description?.text)}`,
})
export class CountermeasureTaken extends CountermeasureFacts {
  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const recordCountermeasureTaken = slice<CaseState, RecordCountermeasureTaken>(
  RecordCountermeasureTaken,
  (command, state, context) => {
    requireOpen(state);
    const facts = countermeasureFacts(command, state);
    const countermeasureId = newRecordId(state, command.countermeasureId, context);
    return [event(CountermeasureTaken, { countermeasureId, ...facts, occurredAt: command.occurredAt })];
  },
);
