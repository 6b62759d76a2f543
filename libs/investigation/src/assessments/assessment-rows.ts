import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { change, on, type Row } from '#read-models/read-model.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { type AssessmentFacts, judgementOf } from './assessment-fields.js';
import { AssessmentRevised } from './revise-assessment.js';
import { EvidenceWeighed } from './weigh-evidence.js';

/** The view that an event gives of what is assessed: what it leaves out is not stated. */
export function viewOf(facts: AssessmentFacts & { reason?: string }, { actor, recordedAt }: RecordedEnvelope): Row {
  const { likelihood, confidence, assessedBy, assessedVia, assessmentBasis, dissent, assessedAt } = judgementOf(facts);
  return {
    likelihood: likelihood ?? null,
    confidence: confidence ?? null,
    assessedBy: assessedBy ?? null,
    assessedVia,
    assessmentBasis: assessmentBasis ?? null,
    dissent,
    assessedAt: parseFuzzyTime(assessedAt),
    reason: facts.reason ?? null,
    viewRecordedAt: recordedAt,
    viewRecordedBy: { id: actor.id, name: actor.name, kind: actor.kind },
  };
}

/** What becomes of the rows of assessments of this kind, for their read model's list. */
export const onAssessed = (kind: string) => [
  on(AssessmentRevised, (event, recorded) =>
    event.recordKind === kind ? [change(event.recordId, viewOf(event, recorded))] : [],
  ),
  on(EvidenceWeighed, ({ recordId, recordKind, evidenceId, bearing, remark }, _recorded, current) => {
    if (recordKind !== kind) return [];
    const others = (current(recordId)!.evidence as { evidenceId: string }[]).filter(
      (one) => one.evidenceId !== evidenceId,
    );
    return [change(recordId, { evidence: [...others, { evidenceId, bearing, remark }] })];
  }),
];
