import { event } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Context, type Claim, type Frozen, type Needed } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { anotherCase } from '../cases/case-streams.js';
import { mayRead, withoutHidden } from '../cases/visible-case.js';
import { isOver } from '../pending-claim.js';
import { claimedUnder, externalKey, type ExternalId } from './external-id.js';
import { ExternalReferenceClaimed, type ReferenceClaims, referenceClaims } from './reference-claims.js';
import { cameOf, stands } from './reference-state.js';

/** The claim of a case on a reference. The log is asked what came of the last one: a claim alone takes nothing for ever. */
export const claimOn = (id: ExternalId, context: Omit<Context, 'needed'>): Claim => ({
  kind: 'claim',
  aggregate: referenceClaims,
  subjectId: claimedUnder(id),
  witnesses: ({ last }: ReferenceClaims) =>
    last && last.caseId !== context.subjectId ? [anotherCase(last.caseId)] : [],
  event: ({ last }: ReferenceClaims, [holder]) => {
    if (last && holder) requireFree(last, holder, id, context);
    const { system, externalId } = id;
    return event(ExternalReferenceClaimed, { caseId: context.subjectId, system, externalId });
  },
});

/** Refuses in the same words whether the case, or the reference in it, may not be seen. */
export const referenceTaken = (where = 'A case'): never =>
  refuse('REFERENCE_TAKEN', `${where} has this reference; it can be in one case only.`);

function requireFree(
  last: NonNullable<ReferenceClaims['last']>,
  { state }: Needed,
  id: ExternalId,
  { actor, now }: Omit<Context, 'needed'>,
): void {
  const holder = state as Frozen<CaseState>;
  const key = externalKey(id);
  if (stands(holder, key)) {
    const isShown = mayRead(holder, actor) && stands(withoutHidden(holder, actor), key);
    referenceTaken(isShown ? `Case ${last.caseId}` : undefined);
  }
  if (cameOf(holder, key, last.revision) || isOver(last, now)) return;
  refuse(
    'REFERENCE_CLAIMED',
    'Another command on this reference is under way, or ended halfway; try again in a minute.',
  );
}
