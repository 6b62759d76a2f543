import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { concealed, IdentifierCommand, IdentifierFacts, identifierFacts } from './identifier-fields.js';

@CommandInput(
  'Replaces what is recorded of an identifier, whole: when it was last seen, for one. The earlier text stays in history.',
)
export class CorrectIdentifier extends IdentifierCommand {
  @Id('The identifier.')
  identifierId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of an identifier was replaced, whole.' })
@StoredEvent<IdentifierCorrected>('IdentifierCorrected', {
  version: 1,
  stix: 'observed-data: a later version of it (modified)',
  summary: ({ reason }) => `Identifier corrected: ${excerpt(reason)}`,
})
export class IdentifierCorrected extends IdentifierFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctIdentifier = slice<CaseState, CorrectIdentifier>(
  CorrectIdentifier,
  (command, state) => {
    requireOpen(state);
    const { identifierId, reason } = command;
    const identifier = standing(state.identifiers, identifierId, 'identifier');
    const facts = identifierFacts(command, state);
    requireChanged(identifier, facts);
    return [event(IdentifierCorrected, { identifierId, ...facts, reason })];
  },
  { conceal: concealed },
);
