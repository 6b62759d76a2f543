import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { ObservationCorrected } from './correct-observation.js';
import { type ObservationFacts } from './observation-fields.js';
import { SuspiciousActivityObserved } from './observe-suspicious-activity.js';
import { ObservationWithdrawn } from './withdraw-observation.js';

/** All fields of an observation: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({
  description,
  source,
  subjects,
  observedBy,
  occurredAt,
  observedAt,
  quantities,
  accessChannel,
  product,
  model,
  endpoint,
  techniques,
  exhibits,
}: ObservationFacts): Row => ({
  description,
  source,
  subjects,
  observedBy,
  occurredAt: parseFuzzyTime(occurredAt),
  observedAt: parseFuzzyTime(observedAt),
  quantities,
  accessChannel: accessChannel ?? null,
  product: product ?? null,
  model: model ?? null,
  endpoint: endpoint ?? null,
  techniques: techniques ?? [],
  exhibits: exhibits ?? [],
});

/** The observations of a case. */
export const observationModel = readModel({
  name: 'observations',
  level: 'record',
  handlers: [
    on(SuspiciousActivityObserved, (event) => [create(event.observationId, { ...fields(event), status: 'RECORDED' })]),
    on(ObservationCorrected, (event) => [change(event.observationId, { ...fields(event), status: 'CORRECTED' })]),
    on(ObservationWithdrawn, ({ observationId }) => [change(observationId, { status: 'WITHDRAWN' })]),
    onRetracted('observation', 'WITHDRAWN'),
  ],
});
