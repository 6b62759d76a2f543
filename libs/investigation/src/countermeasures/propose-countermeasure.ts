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

@CommandInput('Proposes a countermeasure, to be approved, or applied at once.')
export class ProposeCountermeasure extends CountermeasureCommand {
  @When('When it was proposed.')
  occurredAt: string = 'NOT_STATED';

  @OptionalId('The id of the new countermeasure, if you choose it: a UUID in lower case.')
  countermeasureId?: string | null;
}

@ObjectType({ description: 'A countermeasure was proposed.' })
@StoredEvent<CountermeasureProposed>('CountermeasureProposed', {
  version: 1,
  stix: 'course-of-action',
  summary: ({ description, countermeasureKind }) =>
    `Countermeasure proposed (${countermeasureKind}): ${excerpt(description?.text)}`,
})
export class CountermeasureProposed extends CountermeasureFacts {
  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const proposeCountermeasure = slice<CaseState, ProposeCountermeasure>(
  ProposeCountermeasure,
  (command, state, context) => {
    requireOpen(state);
    const facts = countermeasureFacts(command, state);
    const countermeasureId = newRecordId(state, command.countermeasureId, context);
    return [event(CountermeasureProposed, { countermeasureId, ...facts, occurredAt: command.occurredAt })];
  },
);
