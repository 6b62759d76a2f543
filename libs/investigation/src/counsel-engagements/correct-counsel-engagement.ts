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
import {
  CounselEngagementCommand,
  CounselEngagementFacts,
  counselEngagementFacts,
} from './counsel-engagement-fields.js';

@CommandInput(
  'Replaces what is recorded of an engagement, whole, and its beginning and end if they are given; the earlier text stays in history.',
)
export class CorrectCounselEngagement extends CounselEngagementCommand {
  @Id('The engagement.')
  counselEngagementId!: string;

  @OptionalWhen('When it began.')
  engagedAt?: string | null;

  @OptionalWhen('When it ended.')
  endedAt?: string | null;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of an engagement was replaced, whole.' })
@StoredEvent<CounselEngagementCorrected>('CounselEngagementCorrected', {
  version: 1,
  stix: 'task: modified',
  summary: ({ reason }) => `Engagement corrected: ${excerpt(reason)}`,
})
export class CounselEngagementCorrected extends CounselEngagementFacts {
  @Field(() => FuzzyTime, { nullable: true, description: 'When it began; null: unchanged.' })
  engagedAt?: string;

  @Field(() => FuzzyTime, { nullable: true, description: 'When it ended; null: unchanged.' })
  endedAt?: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctCounselEngagement = slice<CaseState, CorrectCounselEngagement>(
  CorrectCounselEngagement,
  (command, state) => {
    requireOpen(state);
    const { counselEngagementId, engagedAt, endedAt, reason } = command;
    const record = standing(state.counselEngagements, counselEngagementId, 'engagement');
    const facts = counselEngagementFacts(command, state);
    const corrected = correctedTimes(record.times, { engagedAt, endedAt });
    requireOrder(record.times, corrected, ['engagedAt', 'endedAt']);
    requireChanged(
      { ...record, facts: { ...record.facts, ...record.times } },
      { ...facts, ...record.times, ...corrected },
    );
    return [event(CounselEngagementCorrected, { counselEngagementId, ...facts, ...corrected, reason })];
  },
);
