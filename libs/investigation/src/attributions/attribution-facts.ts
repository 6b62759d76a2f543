import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { assessmentFacts } from '../assessments/assessment-fields.js';
import { known, requireParties } from '../known-records.js';
import { type PartiesState } from '../parties/party-state.js';
import { type AttributionCommand, type AttributionFacts } from './attribution-fields.js';
import { type AttributionsState } from './attribution-state.js';

/**
 * The facts of a command, its references checked. Refuses with SAME_PARTY what is attributed to the subject itself, with
 * NOT_COMPETING what would compete with itself or with what is held of another subject.
 */
export function attributionFacts(
  command: AttributionCommand,
  state: Frozen<PartiesState & AttributionsState>,
  attributionId?: string,
): Omit<AttributionFacts, 'attributionId'> {
  const { subjectId, attributionKind, toPartyId, stateResponsibility, description, competesWith } = command;
  requireParties(state, [subjectId, toPartyId]);
  if (subjectId === toPartyId)
    refuse('SAME_PARTY', 'What a party does is not attributed to itself; name another, or use ACTS_FOR_ITSELF.');
  for (const id of competesWith) {
    const other = known(state.attributions, id, 'attribution');
    if (id === attributionId || other.facts.subjectId !== subjectId)
      refuse('NOT_COMPETING', `Attribution ${id} does not compete: only another one of the same subject does.`);
  }
  // Those that were said to compete with it when it was of another subject.
  for (const [id, { retracted, facts }] of state.attributions) {
    if (attributionId && !retracted && facts.subjectId !== subjectId && facts.competesWith.includes(attributionId))
      refuse(
        'NOT_COMPETING',
        `Attribution ${id} competes with this one and is of another subject: correct that first.`,
      );
  }
  return {
    subjectId,
    attributionKind,
    toPartyId: toPartyId ?? undefined,
    stateResponsibility: stateResponsibility ?? undefined,
    description: description ?? undefined,
    competesWith,
    ...assessmentFacts(command, state),
  };
}
