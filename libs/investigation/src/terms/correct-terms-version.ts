import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { Prose } from '../fields.js';
import { contentOf } from '../same-content.js';
import { knownVersion, type TermsState } from './terms-state.js';
import { TermsVersionCommand, TermsVersionFacts, versionFacts } from './version-fields.js';

@CommandInput(
  'Replaces what is recorded of a version of terms, whole; the earlier text stays in history, and citations keep the revision they were made at.',
)
export class CorrectTermsVersion extends TermsVersionCommand {
  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What is recorded of a version of terms was replaced, whole.' })
@StoredEvent<TermsVersionCorrected>('TermsVersionCorrected', {
  version: 1,
  stix: 'none: terms are no object of STIX',
  summary: ({ version, reason }) => `Version ${version} of terms corrected: ${excerpt(reason)}`,
})
export class TermsVersionCorrected extends TermsVersionFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctTermsVersion = slice<TermsState, CorrectTermsVersion>(CorrectTermsVersion, (command, state) => {
  const facts = versionFacts(command);
  if (contentOf(facts) === contentOf(knownVersion(state, command.version)))
    refuse('NOTHING_CHANGED', 'The version says exactly this already.');
  return [event(TermsVersionCorrected, { ...facts, reason: command.reason })];
});
