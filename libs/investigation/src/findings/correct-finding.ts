import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { FindingCommand, FindingFacts, findingFacts } from './finding-fields.js';

@CommandInput('Replaces what a finding says, whole; the earlier text stays in history.')
export class CorrectFinding extends FindingCommand {
  @Id('The finding.')
  findingId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What a finding says was replaced, whole.' })
@StoredEvent<FindingCorrected>('FindingCorrected', {
  version: 1,
  stix: 'report: a later version of it (modified)',
  summary: ({ reason }) => `Finding corrected: ${excerpt(reason)}`,
})
export class FindingCorrected extends FindingFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctFinding = slice<CaseState, CorrectFinding>(CorrectFinding, (command, state) => {
  requireOpen(state);
  const { findingId, reason } = command;
  const finding = standing(state.findings, findingId, 'finding');
  const facts = findingFacts(command, state);
  requireChanged(finding, facts);
  return [event(FindingCorrected, { findingId, ...facts, reason })];
});
