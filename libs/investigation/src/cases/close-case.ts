import { Field, ObjectType } from '@nestjs/graphql';
import { IsIn } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { OptionalProse, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { isSurelyBefore } from '../values/fuzzy-time.js';
import { CaseCommand } from './case-command.js';
import { Resolution } from './case-enums.js';
import { type CaseState, requireOpen } from './case-state.js';

@CommandInput('Closes a case with what it came to.')
export class CloseCase extends CaseCommand {
  @Field(() => Resolution, {
    description:
      'What the case came to. VIOLATION_CONFIRMED needs a confirmed violation in this case itself: those of cases merged into it do not count.',
  })
  @IsIn(Object.values(Resolution))
  resolution!: Resolution;

  @OptionalProse('Why.')
  reason?: string | null;

  @When('When it was closed, if not when this is recorded.')
  occurredAt: string = 'NOT_STATED';
}

@ObjectType({ description: 'A case was closed.' })
@StoredEvent<CaseClosed>('CaseClosed', {
  version: 1,
  stix: 'incident: investigation_status closed; determination by the resolution',
  summary: ({ resolution, reason }) => `Case closed: ${resolution}${reason ? ` (${excerpt(reason)})` : ''}`,
})
export class CaseClosed {
  @Field(() => Resolution, { description: 'What the case came to.' })
  resolution!: Resolution;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const closeCase = slice<CaseState, CloseCase>(
  CloseCase,
  ({ resolution, reason, occurredAt }, state) => {
    requireOpen(state);
    const confirmed = [...state.violations.values()].some((violation) => violation.status === 'CONFIRMED');
    if (resolution === 'VIOLATION_CONFIRMED' && !confirmed) {
      refuse(
        'NO_CONFIRMED_VIOLATION',
        'No violation of this case stands confirmed; confirm one, or close it with another resolution.',
      );
    }
    if (isSurelyBefore(occurredAt, state.since))
      refuse(
        'ENDS_BEFORE_IT_BEGINS',
        'The case would be closed before it was opened; give occurredAt a later time, or none.',
      );
    return [event(CaseClosed, { resolution, reason: reason ?? undefined, occurredAt })];
  },
  { right: 'CLOSE' },
);
