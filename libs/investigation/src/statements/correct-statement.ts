import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen, slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { StatementCommand, StatementFacts, statementFacts } from './statement-fields.js';
import { type StatementState } from './statement-state.js';

@CommandInput('Replaces what is recorded of a statement, whole; the earlier text stays in history.')
export class CorrectStatement extends StatementCommand {
  @Id('The statement.')
  statementId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a statement was replaced, whole.' })
@StoredEvent<StatementCorrected>('StatementCorrected', {
  version: 1,
  stix: 'note: modified',
  summary: ({ reason }) => `Statement corrected: ${excerpt(reason)}`,
})
export class StatementCorrected extends StatementFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctStatement = slice<CaseState, CorrectStatement>(CorrectStatement, (command, state) => {
  requireOpen(state);
  const { statementId, reason } = command;
  const statement = standing(state.statements, statementId, 'statement');
  const facts = statementFacts(command, state);
  requireNoCircle(state.statements, statementId, facts.inResponseTo);
  requireChanged(statement, facts);
  return [event(StatementCorrected, { statementId, ...facts, reason })];
});

/** Nothing responds to what was said in response to it. */
function requireNoCircle(
  statements: ReadonlyMap<string, Frozen<StatementState>>,
  statementId: string,
  inResponseTo: string | undefined,
): void {
  const earlier = new Set<string>();
  // Each once: whoever may not see a statement in between could have closed a circle.
  for (let id = inResponseTo; id !== undefined && !earlier.has(id); id = statements.get(id)?.facts.inResponseTo)
    earlier.add(id);
  if (earlier.has(statementId))
    refuse('RESPONDS_TO_ITSELF', 'A statement cannot respond to itself, nor to what responds to it.');
}
