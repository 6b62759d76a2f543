import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onAssessed, viewOf } from '../assessments/assessment-rows.js';
import { onRetracted } from '../correctable.js';
import { AttributionAssessed } from './assess-attribution.js';
import { type AttributionFacts } from './attribution-fields.js';
import { AttributionCorrected } from './correct-attribution.js';

/** All fields of an attribution but what is weighed for and against it: a correction replaces it whole. */
function fields(event: AttributionFacts & { reason?: string }, recorded: RecordedEnvelope): Row {
  const { subjectId, attributionKind, toPartyId, stateResponsibility, description, competesWith } = event;
  return {
    subjectId,
    attributionKind,
    toPartyId: toPartyId ?? null,
    stateResponsibility: stateResponsibility ?? null,
    description: description ?? null,
    competesWith,
    ...viewOf(event, recorded),
  };
}

/** Whom the subjects of a case may act for or be linked to. */
export const attributionModel = readModel({
  name: 'attributions',
  level: 'record',
  handlers: [
    on(AttributionAssessed, (event, recorded) => [
      create(event.attributionId, { ...fields(event, recorded), evidence: [], status: 'RECORDED' }),
    ]),
    on(AttributionCorrected, (event, recorded) => [
      change(event.attributionId, { ...fields(event, recorded), status: 'CORRECTED' }),
    ]),
    ...onAssessed('attribution'),
    onRetracted('attribution'),
  ],
});
