import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { type WithRecords } from '../known-records.js';
import { type CorrectableState, standing } from '../correctable.js';
import { type AssessmentFacts } from './assessment-fields.js';

/** A record that is an assessment: its facts are what is assessed, and how. */
export interface AssessedState extends CorrectableState {
  facts: AssessmentFacts;
  /** What each record that was weighed says to it, by that record's id. */
  evidence: Map<string, object>;
}

/** A new assessment, as the state keeps it. */
export const assessed = (kind: string, revision: number, facts: AssessmentFacts): AssessedState => ({
  kind,
  revision,
  retracted: false,
  facts,
  evidence: new Map(),
});

/** The standing assessment of that id; refuses with NOT_FOUND, NOT_AN_ASSESSMENT and RECORD_RETRACTED. */
export function standingAssessment(state: Frozen<WithRecords>, id: string): Frozen<AssessedState> {
  const record = standing(state.records, id, 'record') as Frozen<AssessedState>;
  if (record.evidence instanceof Map) return record;
  return refuse(
    'NOT_AN_ASSESSMENT',
    `The record is of kind ${record.kind}; only assessments of techniques, identity and attribution are revised and weighed.`,
  );
}
