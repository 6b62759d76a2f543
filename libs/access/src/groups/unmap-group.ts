import { Field } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { GroupUnmapped } from './group-events.js';
import { type GroupsState } from './groups.js';

@CommandInput('Takes from the members of a group of the OIDC provider what it gave them, from the next request on.')
export class UnmapGroup extends Command {
  @Field(() => String, { description: 'The group, as the tokens of the OIDC provider name it, 1-200 characters.' })
  @Length(1, 200)
  group!: string;
}

export const unmapGroup = slice<GroupsState, UnmapGroup>(UnmapGroup, ({ group }, { mappings }) => {
  if (!mappings.has(group)) refuse('NOT_FOUND', `The group ${group} is mapped to nothing.`);
  return [event(GroupUnmapped, { group })];
});
