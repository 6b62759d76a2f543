import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { Prose, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { isSurelyBefore } from '../values/fuzzy-time.js';
import { CaseCommand } from './case-command.js';
import { type CaseState } from './case-state.js';

@CommandInput('Reopens a closed case.')
export class ReopenCase extends CaseCommand {
  @Prose('Why.')
  reason!: string;

  @When('When it was reopened, if not when this is recorded.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A closed case was reopened.' })
@StoredEvent<CaseReopened>('CaseReopened', {
  version: 1,
  stix: 'incident: investigation_status open',
  summary: ({ reason }) => `Case reopened: ${excerpt(reason)}`,
})
export class CaseReopened {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const reopenCase = slice<CaseState, ReopenCase>(
  ReopenCase,
  ({ reason, occurredAt }, state) => {
    if (state.status === 'OPEN') refuse('ALREADY_OPEN', 'The case is open already.');
    if (isSurelyBefore(occurredAt, state.since))
      refuse(
        'ENDS_BEFORE_IT_BEGINS',
        'The case would be reopened before it was closed; give occurredAt a later time, or none.',
      );
    return [event(CaseReopened, { reason, occurredAt })];
  },
  { right: 'CLOSE' },
);
