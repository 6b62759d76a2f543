import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { Tags } from './tag-fields.js';
import { newTags, requireTagsFit } from './triage-state.js';

@CommandInput('Tags a case, so that it is found by what the tags say. Tags that it has already stay as they are.')
export class TagCase extends CaseCommand {
  @Tags('The tags to add.')
  tags!: string[];
}

@ObjectType({ description: 'A case was tagged.' })
@StoredEvent<CaseTagged>('CaseTagged', {
  version: 1,
  stix: 'incident: labels',
  summary: ({ tags }) => `Case tagged: ${tags?.join(', ')}`,
})
export class CaseTagged {
  @Field(() => [String], { nullable: true, description: 'The tags.' })
  tags?: string[];
}

export const tagCase = slice<CaseState, TagCase>(TagCase, ({ tags }, state) => {
  requireOpen(state);
  const added = newTags(state.tags, tags);
  if (added.length === 0) refuse('NOTHING_CHANGED', 'The case has these tags already.');
  requireTagsFit(state.tags.size, added.length);
  return [event(CaseTagged, { tags: added })];
});
