import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { StatementCommand, StatementFacts, statementFacts } from './statement-fields.js';

@CommandInput('Records what somebody said: who spoke, for whom, in which words, and what it claims.')
export class RecordStatement extends StatementCommand {
  @OptionalId('The id of the new statement, if you choose it: a UUID in lower case.')
  statementId?: string | null;
}

@ObjectType({ description: 'Somebody made a statement.' })
@StoredEvent<StatementRecorded>('StatementRecorded', {
  version: 1,
  stix: 'note: authors and object_refs; report if published',
  summary: ({ text }) => `Statement recorded: ${excerpt(text.text)}`,
})
export class StatementRecorded extends StatementFacts {}

export const recordStatement = slice<CaseState, RecordStatement>(RecordStatement, (command, state, context) => {
  requireOpen(state);
  const facts = statementFacts(command, state);
  return [event(StatementRecorded, { statementId: newRecordId(state, command.statementId, context), ...facts })];
});
