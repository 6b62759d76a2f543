import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { ClaimCorrected } from './correct-claim.js';
import { type ClaimFacts } from './claim-fields.js';
import { ClaimRecorded } from './record-claim.js';

/** All fields of a claim: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({ criteriaAreExamples, cost, occurredAt, ...facts }: Omit<ClaimFacts, 'claimId'>): Row => ({
  ...facts,
  criteriaAreExamples: criteriaAreExamples ?? null,
  cost: cost ?? null,
  occurredAt: parseFuzzyTime(occurredAt),
});

/** The claims of a case. */
export const claimModel = readModel({
  name: 'claims',
  level: 'record',
  handlers: [
    on(ClaimRecorded, ({ claimId, ...facts }) => [create(claimId, { ...fields(facts), status: 'RECORDED' })]),
    on(ClaimCorrected, ({ claimId, reason, ...facts }) => [change(claimId, { ...fields(facts), status: 'CORRECTED' })]),
    onRetracted('claim'),
  ],
});
