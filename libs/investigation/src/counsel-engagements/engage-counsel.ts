import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import {
  CounselEngagementCommand,
  CounselEngagementFacts,
  counselEngagementFacts,
} from './counsel-engagement-fields.js';

@CommandInput('Records that counsel was engaged.')
export class EngageCounsel extends CounselEngagementCommand {
  @When('Since when.')
  occurredAt: string = 'NOT_STATED';

  @OptionalId('The id of the new engagement, if you choose it: a UUID in lower case.')
  counselEngagementId?: string | null;
}

@ObjectType({ description: 'Counsel was engaged.' })
@StoredEvent<CounselEngaged>('CounselEngaged', {
  version: 1,
  stix: 'task: external-support',
  summary: ({ description }) => `Counsel engaged: ${excerpt(description?.text)}`,
})
export class CounselEngaged extends CounselEngagementFacts {
  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

export const engageCounsel = slice<CaseState, EngageCounsel>(EngageCounsel, (command, state, context) => {
  requireOpen(state);
  const facts = counselEngagementFacts(command, state);
  const counselEngagementId = newRecordId(state, command.counselEngagementId, context);
  return [event(CounselEngaged, { counselEngagementId, ...facts, occurredAt: command.occurredAt })];
});
