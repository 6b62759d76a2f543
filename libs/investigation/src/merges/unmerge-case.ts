import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { OptionalProse } from '../fields.js';

@CommandInput(
  'Parts this case again from the one that it was merged into. What was recorded there meanwhile stays there.',
)
export class UnmergeCase extends CaseCommand {
  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'The case was parted again from the one that it was merged into.' })
@StoredEvent<CaseUnmerged>('CaseUnmerged', {
  version: 1,
  stix: 'relationship: duplicate-of, revoked',
  summary: ({ intoCaseId, reason }) => `Case parted from ${intoCaseId}${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class CaseUnmerged {
  @Field(() => ID, { description: 'The case that it was merged into until then.' })
  intoCaseId!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const unmergeCase = slice<CaseState, UnmergeCase>(
  UnmergeCase,
  ({ reason }, state) => {
    requireOpen(state);
    const { into } = state.merge;
    if (into === undefined) return refuse('NOT_MERGED', 'The case is merged into no other.');
    return [event(CaseUnmerged, { intoCaseId: into, reason: reason ?? undefined })];
  },
  { right: 'CLOSE' },
);

/** Refuses with CASE_MERGED what a merged case does not take: every command but the one that parts it again. */
export function requireUnmerged(name: string, { merge }: Pick<CaseState, 'merge'>): void {
  if (merge.into === undefined || name === unmergeCase.name) return;
  refuse('CASE_MERGED', 'The case is merged into another one: record there, or part them first (unmergeCase).');
}
