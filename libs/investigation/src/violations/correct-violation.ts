import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { needTerms } from '../terms/citation.js';
import { told, ViolationCommand, ViolationFacts, violationFacts } from './violation-fields.js';
import { requireUndecided } from './violation-state.js';

@CommandInput(
  'Replaces what a violation says, whole, until it is decided: the clauses too that its allegation cited. How certain it is stays, and so do the grounds of the allegation. A reviewer then confirms the corrected one, at its new revision; a decided one is first reinstated to review.',
)
export class CorrectViolation extends ViolationCommand {
  @Id('The violation.')
  violationId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What a violation says was replaced, whole; how certain it is stayed.' })
@StoredEvent<TosViolationCorrected>('TosViolationCorrected', {
  version: 1,
  stix: 'event: a later version of it (modified)',
  summary: ({ reason }) => `Violation corrected: ${excerpt(reason)}`,
})
export class TosViolationCorrected extends ViolationFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctViolation = slice<CaseState, CorrectViolation>(
  CorrectViolation,
  (command, state, context) => {
    requireOpen(state);
    const { violationId, reason } = command;
    const violation = standing(state.violations, violationId, 'violation');
    requireUndecided(violation.status);
    const facts = violationFacts(command, state, context.needed, violation.facts.citations);
    requireChanged(violation, told(facts));
    return [event(TosViolationCorrected, { violationId, ...facts, reason })];
  },
  { needs: ({ citations }) => needTerms(citations) },
);
