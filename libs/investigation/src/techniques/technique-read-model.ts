import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onAssessed, viewOf } from '../assessments/assessment-rows.js';
import { onRetracted } from '../correctable.js';
import { TechniqueCorrected } from './correct-technique.js';
import { TechniqueDoubted } from './doubt-technique.js';
import { TechniqueEstablished } from './establish-technique.js';
import { TechniqueSuspected } from './suspect-technique.js';
import { type TechniqueFacts } from './technique-fields.js';

/** All fields of a technique but its certainty and what is weighed: a correction replaces it whole. */
function fields(event: TechniqueFacts & { reason?: string }, recorded: RecordedEnvelope): Row {
  const { framework, mitreId, frameworkVersion, techniqueName, tacticId, description, subjects, about } = event;
  return {
    framework,
    mitreId,
    frameworkVersion,
    techniqueName: techniqueName ?? null,
    tacticId: tacticId ?? null,
    description: description ?? null,
    subjects,
    about,
    ...viewOf(event, recorded),
  };
}

/** The techniques of a case, suspected and established. */
export const techniqueModel = readModel({
  name: 'techniques',
  level: 'record',
  handlers: [
    on(TechniqueSuspected, (event, recorded) => [
      create(event.techniqueId, {
        ...fields(event, recorded),
        ...{ certainty: 'SUSPECTED', evidence: [], status: 'RECORDED' },
      }),
    ]),
    on(TechniqueCorrected, (event, recorded) => [
      change(event.techniqueId, { ...fields(event, recorded), status: 'CORRECTED' }),
    ]),
    on(TechniqueEstablished, (event, recorded) => [
      change(event.techniqueId, { ...viewOf(event, recorded), certainty: 'ESTABLISHED' }),
    ]),
    on(TechniqueDoubted, (event, recorded) => [
      change(event.techniqueId, { ...viewOf(event, recorded), certainty: 'SUSPECTED' }),
    ]),
    ...onAssessed('technique'),
    onRetracted('technique'),
  ],
});
