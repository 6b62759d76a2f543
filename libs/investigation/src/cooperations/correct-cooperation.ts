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
import { CooperationCommand, CooperationFacts, cooperationFacts } from './cooperation-fields.js';

@CommandInput(
  'Replaces what is recorded of a cooperation, whole, and its beginning and end if they are given; the earlier text stays in history.',
)
export class CorrectCooperation extends CooperationCommand {
  @Id('The cooperation.')
  cooperationId!: string;

  @OptionalWhen('When it began.')
  openedAt?: string | null;

  @OptionalWhen('When it ended.')
  closedAt?: string | null;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a cooperation was replaced, whole.' })
@StoredEvent<CooperationCorrected>('CooperationCorrected', {
  version: 1,
  stix: 'task: modified',
  summary: ({ reason }) => `Cooperation corrected: ${excerpt(reason)}`,
})
export class CooperationCorrected extends CooperationFacts {
  @Field(() => FuzzyTime, { nullable: true, description: 'When it began; null: unchanged.' })
  openedAt?: string;

  @Field(() => FuzzyTime, { nullable: true, description: 'When it ended; null: unchanged.' })
  closedAt?: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctCooperation = slice<CaseState, CorrectCooperation>(CorrectCooperation, (command, state) => {
  requireOpen(state);
  const { cooperationId, openedAt, closedAt, reason } = command;
  const record = standing(state.cooperations, cooperationId, 'cooperation');
  const facts = cooperationFacts(command, state);
  const corrected = correctedTimes(record.times, { openedAt, closedAt });
  requireOrder(record.times, corrected, ['openedAt', 'closedAt']);
  requireChanged(
    { ...record, facts: { ...record.facts, ...record.times } },
    { ...facts, ...record.times, ...corrected },
  );
  return [event(CooperationCorrected, { cooperationId, ...facts, ...corrected, reason })];
});
