import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { foldText } from '../columns.js';
import { Tags } from './tag-fields.js';

@CommandInput('Takes tags away from a case; those that it does not have do not count.')
export class UntagCase extends CaseCommand {
  @Tags('The tags to take away.')
  tags!: string[];
}

@ObjectType({ description: 'Tags were taken away from a case.' })
@StoredEvent<CaseUntagged>('CaseUntagged', {
  version: 1,
  stix: 'incident: labels',
  summary: ({ tags }) => `Tags taken away from the case: ${tags?.join(', ')}`,
})
export class CaseUntagged {
  @Field(() => [String], { nullable: true, description: 'The tags, as they were written on the case.' })
  tags?: string[];
}

export const untagCase = slice<CaseState, UntagCase>(UntagCase, ({ tags }, state) => {
  requireOpen(state);
  const taken = tags.flatMap((tag) => state.tags.get(foldText(tag)) ?? []);
  if (taken.length === 0) refuse('NOTHING_CHANGED', 'The case has none of these tags.');
  return [event(CaseUntagged, { tags: taken })];
});
