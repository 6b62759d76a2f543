import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { StatementCorrected } from './correct-statement.js';
import { StatementRecorded } from './record-statement.js';
import { type StatementFacts } from './statement-fields.js';

/** All fields of a statement: a correction replaces it whole. */
const fields = ({
  affiliationId,
  capacity,
  inResponseTo,
  occurredAt,
  ...facts
}: Omit<StatementFacts, 'statementId'>): Row => ({
  ...facts,
  speakerId: facts.source.assertedBy,
  affiliationId: affiliationId ?? null,
  capacity: capacity ?? null,
  inResponseTo: inResponseTo ?? null,
  occurredAt: parseFuzzyTime(occurredAt),
});

/** What was said, by whom. */
export const statementModel = readModel({
  name: 'statements',
  level: 'record',
  handlers: [
    on(StatementRecorded, ({ statementId, ...facts }) => [
      create(statementId, { ...fields(facts), status: 'RECORDED' }),
    ]),
    on(StatementCorrected, ({ statementId, reason, ...facts }) => [
      change(statementId, { ...fields(facts), status: 'CORRECTED' }),
    ]),
    onRetracted('statement'),
  ],
});
