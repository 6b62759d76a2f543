import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, OptionalWhen, Prose } from '../fields.js';
import { correctedTimes, requireOrder } from '../step-times.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { CountermeasureCommand, CountermeasureFacts, countermeasureFacts } from './countermeasure-fields.js';

@CommandInput(
  'Replaces what is recorded of a countermeasure, whole, and the times of its steps that are given; the earlier text stays in history.',
)
export class CorrectCountermeasure extends CountermeasureCommand {
  @Id('The countermeasure.')
  countermeasureId!: string;

  @OptionalWhen('When it was proposed.')
  proposedAt?: string | null;

  @OptionalWhen('When it was approved.')
  approvedAt?: string | null;

  @OptionalWhen('When it was rejected.')
  rejectedAt?: string | null;

  @OptionalWhen('When it was last applied.')
  appliedAt?: string | null;

  @OptionalWhen('When it was last lifted.')
  liftedAt?: string | null;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a countermeasure was replaced, whole.' })
@StoredEvent<CountermeasureCorrected>('CountermeasureCorrected', {
  version: 1,
  stix: 'course-of-action: modified',
  summary: ({ reason }) => `Countermeasure corrected: ${excerpt(reason)}`,
})
export class CountermeasureCorrected extends CountermeasureFacts {
  @Field(() => FuzzyTime, { nullable: true, description: 'When it was proposed; null: unchanged.' })
  proposedAt?: string;

  @Field(() => FuzzyTime, { nullable: true, description: 'When it was approved; null: unchanged.' })
  approvedAt?: string;

  @Field(() => FuzzyTime, { nullable: true, description: 'When it was rejected; null: unchanged.' })
  rejectedAt?: string;

  @Field(() => FuzzyTime, { nullable: true, description: 'When it was last applied; null: unchanged.' })
  appliedAt?: string;

  @Field(() => FuzzyTime, { nullable: true, description: 'When it was last lifted; null: unchanged.' })
  liftedAt?: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctCountermeasure = slice<CaseState, CorrectCountermeasure>(
  CorrectCountermeasure,
  (command, state) => {
    requireOpen(state);
    const { countermeasureId, proposedAt, approvedAt, rejectedAt, appliedAt, liftedAt, reason } = command;
    const countermeasure = standing(state.countermeasures, countermeasureId, 'countermeasure');
    const facts = countermeasureFacts(command, state);
    const { times } = countermeasure;
    const corrected = correctedTimes(times, { proposedAt, approvedAt, rejectedAt, appliedAt, liftedAt });
    requireOrder(times, corrected, ['appliedAt', 'liftedAt']);
    requireChanged(
      { ...countermeasure, facts: { ...countermeasure.facts, ...times } },
      { ...facts, ...times, ...corrected },
    );
    return [event(CountermeasureCorrected, { countermeasureId, ...facts, ...corrected, reason })];
  },
);
