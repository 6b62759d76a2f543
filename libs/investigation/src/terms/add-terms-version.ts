import { ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { type TermsState } from './terms-state.js';
import { TermsVersionCommand, TermsVersionFacts, versionFacts } from './version-fields.js';

@CommandInput('Adds a version to recorded terms, with its clauses and when it is in force.')
export class AddTermsVersion extends TermsVersionCommand {}

@ObjectType({ description: 'A version was added to terms.' })
@StoredEvent<TermsVersionAdded>('TermsVersionAdded', {
  version: 1,
  stix: 'none: terms are no object of STIX',
  summary: ({ version, effectiveFrom }) => `Version ${version} of terms added, in force from ${effectiveFrom}`,
})
export class TermsVersionAdded extends TermsVersionFacts {}

export const addTermsVersion = slice<TermsState, AddTermsVersion>(AddTermsVersion, (command, state) => {
  const facts = versionFacts(command);
  if (state.versions.has(command.version))
    refuse('ALREADY_EXISTS', `The terms have a version ${command.version} already; correct that one.`);
  return [event(TermsVersionAdded, facts)];
});
