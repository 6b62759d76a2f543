import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { FindingCorrected } from './correct-finding.js';
import { type FindingFacts } from './finding-fields.js';
import { FindingRecorded } from './record-finding.js';

/** All fields of a finding: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({ text, answers, support, against, likelihood, confidence, assessedBy }: FindingFacts): Row => ({
  ...{ text, answers, support, against },
  ...{ likelihood: likelihood ?? null, confidence: confidence ?? null, assessedBy: assessedBy ?? null },
});

/** What the investigation of a case found. */
export const findingModel = readModel({
  name: 'findings',
  level: 'record',
  handlers: [
    on(FindingRecorded, (event) => [create(event.findingId, { ...fields(event), status: 'RECORDED' })]),
    on(FindingCorrected, (event) => [change(event.findingId, { ...fields(event), status: 'CORRECTED' })]),
    onRetracted('finding'),
  ],
});
