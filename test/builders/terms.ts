import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { type Needed } from '#event-sourcing/slice.js';
import { AddTermsVersion, TermsVersionAdded } from '#investigation/terms/add-terms-version.js';
import { Clause } from '#investigation/terms/clause.js';
import { ClauseCitationInput } from '#investigation/terms/citation.js';
import { CorrectTerms } from '#investigation/terms/correct-terms.js';
import { CorrectTermsVersion } from '#investigation/terms/correct-terms-version.js';
import { RecordTerms } from '#investigation/terms/record-terms.js';
import { TermsRecorded } from '#investigation/terms/terms-recorded.js';
import { termsAggregate } from '#investigation/terms/terms-aggregate.js';
import { builder } from './command-builder.js';
import { fold } from './decide.js';
import { terms } from './ids.js';
import { text } from './values.js';

export const clause = (over: Partial<Clause> = {}): Clause =>
  Object.assign(new Clause(), { clause: '2(c)', clauseKind: 'USE_RESTRICTION', text: text('No rival models.') }, over);

const version = { termsId: terms, version: '2024-06', effectiveFrom: '2024-06-01', clauses: [clause()] };

/** Valid commands on terms, by the name of their mutation. */
export const termsCommands = {
  recordTerms: builder(
    RecordTerms,
    { title: 'Terms of Use', termsKind: 'TERMS_OF_USE', issuer: 'Halden Models' },
    {
      ...{ products: ['Completion API'], description: text('For all who use the API.') },
      ...{ url: 'https://example.org/terms', termsId: terms },
    },
  ),
  correctTerms: builder(
    CorrectTerms,
    { termsId: terms, title: 'Terms of Use', termsKind: 'USAGE_POLICY', issuer: 'Halden Models', reason: 'Misfiled.' },
    { products: ['Completion API'], description: text('For all.'), url: 'https://example.org/policy' },
  ),
  addTermsVersion: builder(AddTermsVersion, version, { effectiveUntil: '2024-11' }),
  correctTermsVersion: builder(
    CorrectTermsVersion,
    { ...version, effectiveFrom: '2024-06-15', reason: 'It came later.' },
    { effectiveUntil: '2024-12' },
  ),
};

export const termsRecorded = (over: Partial<TermsRecorded> = {}): DecidedEvent =>
  event(TermsRecorded, {
    ...{ termsId: terms, title: 'Terms of Use', termsKind: 'TERMS_OF_USE', issuer: 'Halden Models', products: [] },
    ...over,
  });

export const versionAdded = (over: Partial<TermsVersionAdded> = {}): DecidedEvent =>
  event(TermsVersionAdded, { ...version, effectiveUntil: 'NOT_STATED', ...over });

/** Terms with one version. */
export const recordedTerms: readonly DecidedEvent[] = [termsRecorded(), versionAdded()];

/** Those terms as a decision is handed them that cites them. */
export const needed = (...events: DecidedEvent[]): Record<string, Needed> => ({
  [terms]: { revision: events.length - 1, state: fold(termsAggregate, events) },
});

export const citation = (over: Partial<ClauseCitationInput> = {}): ClauseCitationInput =>
  Object.assign(new ClauseCitationInput(), { termsId: terms, version: '2024-06', clause: '2(c)' }, over);
