import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { disclosureFacts } from './disclosure-facts.js';
import { DisclosureCommand, DisclosureFacts } from './disclosure-fields.js';

@CommandInput(
  'Replaces what is recorded of a disclosure, whole; what it said stays in history. It stays acknowledged, unless it went to another party than the one that did so.',
)
export class CorrectDisclosure extends DisclosureCommand {
  @Id('The disclosure.')
  disclosureId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a disclosure was replaced, whole.' })
@StoredEvent<DisclosureCorrected>('DisclosureCorrected', {
  version: 1,
  stix: 'report: a later version of it (modified)',
  summary: ({ reason }) => `Disclosure corrected: ${excerpt(reason)}`,
})
export class DisclosureCorrected extends DisclosureFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctDisclosure = slice<CaseState, CorrectDisclosure>(CorrectDisclosure, (command, state) => {
  requireOpen(state);
  const { disclosureId, reason } = command;
  const disclosure = standing(state.disclosures, disclosureId, 'disclosure');
  const facts = disclosureFacts(command, state, disclosure.facts.disclosed);
  requireChanged(disclosure, facts);
  return [event(DisclosureCorrected, { disclosureId, ...facts, reason })];
});
