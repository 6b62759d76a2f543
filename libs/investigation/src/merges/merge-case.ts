import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { Id, OptionalProse } from '../fields.js';
import { claimToMerge } from './claim-merge.js';

@CommandInput(
  'Merges this case into another one: from then on its records and its history are shown in that one too, and it takes no command but `unmergeCase`. Nothing is moved.',
)
export class MergeCase extends CaseCommand {
  @Id('The case to merge it into: you must be able to see it and to record in it.')
  intoCaseId!: string;

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'The case was merged into another one.' })
@StoredEvent<CaseMergedInto>('CaseMergedInto', {
  version: 1,
  stix: 'relationship: duplicate-of, between incidents',
  summary: ({ intoCaseId, reason }) => `Case merged into ${intoCaseId}${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class CaseMergedInto {
  @Field(() => ID, { description: 'The case that it was merged into.' })
  intoCaseId!: string;

  @Field(() => Int, { description: 'The claim that it was merged on: its revision in the stream of the claims.' })
  claim!: number;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const mergeCase = slice<CaseState, MergeCase>(
  MergeCase,
  ({ intoCaseId, reason }, state, context) => {
    requireOpen(state);
    const claim = context.needed.claim.revision;
    return [event(CaseMergedInto, { intoCaseId, claim, reason: reason ?? undefined })];
  },
  {
    right: 'CLOSE',
    needs: ({ intoCaseId }, context, state) => {
      requireOpen(state);
      if (intoCaseId === context.subjectId) refuse('SAME_CASE', 'A case is not merged into itself; name another one.');
      return { claim: claimToMerge(intoCaseId, state, context) };
    },
  },
);
