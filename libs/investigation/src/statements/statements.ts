import { type Capability } from '../capability.js';
import { correctStatement } from './correct-statement.js';
import { recordStatement } from './record-statement.js';
import { statementEvolution } from './statement-evolution.js';
import { statementModel } from './statement-read-model.js';
import { Statement } from './statement.js';

export const statements: Capability = {
  slices: [recordStatement, correctStatement],
  evolution: statementEvolution,
  readModel: statementModel,
  records: { type: Statement, description: 'What was said by whom, last changed first.' },
};
