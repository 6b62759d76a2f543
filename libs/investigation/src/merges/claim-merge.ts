import { allow } from '#access/cases/allow.js';
import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Claim, type Context, type Frozen } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { anotherCase } from '../cases/case-streams.js';
import { visibleCase } from '../cases/visible-case.js';
import { readerOf } from '../marks/originator.js';
import { isOver } from '../pending-claim.js';
import { ALL_MERGES, CaseMergeClaimed, type MergeClaim, type MergeClaims, mergeClaims } from './merge-claims.js';
import { requireUnmerged } from './unmerge-case.js';

/**
 * The claim of a case to be merged into another. It sees every merge that could make a chain of this one: that of the other
 * case into a third, and those into this case; and another of this case, whose claim would not be the last any more.
 */
export function claimToMerge(intoCaseId: string, own: Frozen<CaseState>, context: Omit<Context, 'needed'>): Claim {
  const { subjectId: caseId, actor, now } = context;
  const chained = ({ last }: MergeClaims): MergeClaim[] =>
    [...last.values()].filter(
      (one) => one.caseId === intoCaseId || one.into === caseId || (one.caseId === caseId && one.into !== intoCaseId),
    );
  return {
    kind: 'claim',
    aggregate: mergeClaims,
    subjectId: ALL_MERGES,
    witnesses: (claims: MergeClaims) => [
      anotherCase(intoCaseId),
      ...chained(claims).map((one) => anotherCase(one.caseId)),
    ],
    event: (claims: MergeClaims, [into, ...others]) => {
      const survivor = visibleCase(into.state, intoCaseId, actor);
      if (actor.kind !== 'SYSTEM' && !allow(readerOf(actor), 'CONTRIBUTE', survivor.access)) {
        refuse(
          'FORBIDDEN',
          'Merging needs the right CONTRIBUTE in the other case too; ask whoever manages its members.',
        );
      }
      if (survivor.status === 'CLOSED')
        refuse('CASE_CLOSED', 'The other case is closed; reopen it first (reopenCase).');
      if (survivor.access.restricted && !own.access.restricted) {
        refuse(
          'RESTRICT_FIRST',
          'The other case is restricted, and who reads this one would learn of it: restrict this one first.',
        );
      }
      chained(claims).forEach((claim, n) => requireOver(claim, others[n].state as Frozen<CaseState>, caseId, now));
      return event(CaseMergeClaimed, { caseId, intoCaseId });
    },
  };
}

function requireOver(claim: MergeClaim, { merge }: Frozen<CaseState>, caseId: string, now: string): void {
  if (merge.into === claim.into) {
    if (claim.caseId === caseId) return requireUnmerged('mergeCase', { merge });
    if (claim.into === caseId)
      refuse('HAS_MERGED_CASES', 'Other cases are merged into this one; unmerge them first, or merge the other way.');
    refuse('MERGED_ELSEWHERE', 'The other case is merged into a third one; merge into that one, or unmerge it first.');
  }
  if (merge.claim >= claim.revision || isOver(claim, now)) return;
  refuse('MERGE_CLAIMED', 'Another merge of these cases is under way, or ended halfway; try again in a minute.');
}
