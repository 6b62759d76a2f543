import { ObjectType } from '@nestjs/graphql';
import { groupsAggregate } from '#access/groups/groups.js';
import { mapGroup } from '#access/groups/map-group.js';
import { unmapGroup } from '#access/groups/unmap-group.js';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { CommandAnswer, commandAnswer } from './command-answer.js';
import { mutation, type MutationParts } from './mutation.js';
import { type RequestContext } from './request-context.js';

@ObjectType({ description: 'That the group gives its members these roles.' })
export class MapGroupAnswer extends CommandAnswer {}

@ObjectType({ description: 'That the group gives its members nothing any more.' })
export class UnmapGroupAnswer extends CommandAnswer {}

/** What was mapped holds from the answer on. */
const answer = async (result: CommandResult, { context }: { context: RequestContext }): Promise<CommandAnswer> => {
  await context.groups.reached(result.revision);
  return commandAnswer(result, 'NOT_READ');
};

/** What the groups of the OIDC provider give their members, by administrators. */
export const groupMutations: readonly MutationParts[] = [
  mutation({ slice: mapGroup, aggregate: groupsAggregate, result: MapGroupAnswer, scope: 'OPERATIONS', answer }),
  mutation({ slice: unmapGroup, aggregate: groupsAggregate, result: UnmapGroupAnswer, scope: 'OPERATIONS', answer }),
];
