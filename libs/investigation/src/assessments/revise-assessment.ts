import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { Id, Prose } from '../fields.js';
import { contentOf } from '../same-content.js';
import { AssessmentCommand, AssessmentFacts, assessmentFacts, judgementOf } from './assessment-fields.js';
import { standingAssessment } from './assessment-state.js';

@CommandInput(
  'Records that an assessment is another now: likelihood, confidence, whose it is, its basis and dissent, all of it. What is assessed stays; the earlier view stays in history.',
)
export class ReviseAssessment extends AssessmentCommand {
  @Id('The assessed technique, identity or attribution.')
  recordId!: string;

  @Prose('Why it is another now.')
  reason!: string;
}

@ObjectType({ description: 'An assessment became another one.' })
@StoredEvent<AssessmentRevised>('AssessmentRevised', {
  version: 1,
  stix: 'any: a later version of it (modified), with another confidence',
  summary: ({ likelihood, reason }) =>
    `Assessment revised${likelihood ? ` to ${likelihood}` : ''}${reason ? `: ${excerpt(reason)}` : ''}`,
})
export class AssessmentRevised extends AssessmentFacts {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { description: 'The kind of the record.' })
  recordKind!: string;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const reviseAssessment = slice<CaseState, ReviseAssessment>(ReviseAssessment, (command, state) => {
  requireOpen(state);
  const { recordId, reason } = command;
  const { kind: recordKind, facts: current } = standingAssessment(state, recordId);
  const facts = assessmentFacts(command, state);
  if (contentOf(facts) === contentOf(judgementOf(current as AssessmentFacts)))
    refuse('NOTHING_CHANGED', 'It is assessed exactly so already.');
  return [event(AssessmentRevised, { recordId, recordKind, ...facts, reason })];
});
