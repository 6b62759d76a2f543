import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { CooperationCommand, CooperationFacts, cooperationFacts } from './cooperation-fields.js';

@CommandInput('Records that a party works with authorities.')
export class OpenCooperation extends CooperationCommand {
  @When('Since when.')
  occurredAt: string = 'NOT_STATED';

  @OptionalId('The id of the new cooperation, if you choose it: a UUID in lower case.')
  cooperationId?: string | null;
}

@ObjectType({ description: 'A cooperation with authorities began.' })
@StoredEvent<CooperationOpened>('CooperationOpened', {
  version: 1,
  stix: 'task: external-support, outcome ongoing',
  summary: ({ description }) => `Cooperation with authorities opened: ${excerpt(description?.text)}`,
})
export class CooperationOpened extends CooperationFacts {
  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const openCooperation = slice<CaseState, OpenCooperation>(OpenCooperation, (command, state, context) => {
  requireOpen(state);
  const facts = cooperationFacts(command, state);
  const cooperationId = newRecordId(state, command.cooperationId, context);
  return [event(CooperationOpened, { cooperationId, ...facts, occurredAt: command.occurredAt })];
});
