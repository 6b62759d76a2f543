import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { ImpactCorrected } from './correct-impact.js';
import { type ImpactFacts } from './impact-fields.js';
import { ImpactRecorded } from './record-impact.js';

/** All fields of an impact: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({ amount, causation, occurredAt, ...facts }: Omit<ImpactFacts, 'impactId'>): Row => ({
  ...facts,
  amount: amount ?? null,
  causation: causation ?? null,
  occurredAt: parseFuzzyTime(occurredAt),
});

/** The impacts of a case. */
export const impactModel = readModel({
  name: 'impacts',
  level: 'record',
  handlers: [
    on(ImpactRecorded, ({ impactId, ...facts }) => [create(impactId, { ...fields(facts), status: 'RECORDED' })]),
    on(ImpactCorrected, ({ impactId, reason, ...facts }) => [
      change(impactId, { ...fields(facts), status: 'CORRECTED' }),
    ]),
    onRetracted('impact'),
  ],
});
