import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { uuidOf } from '#event-sourcing/hash.js';
import { given, LOG_ID } from '../../../../test/builders/decide.js';
import { ann } from '../../../../test/builders/actors.js';
import { clause, recordedTerms, termsCommands, termsRecorded, versionAdded } from '../../../../test/builders/terms.js';
import { text } from '../../../../test/builders/values.js';
import { addTermsVersion, TermsVersionAdded } from './add-terms-version.js';
import { correctTerms, TermsCorrected } from './correct-terms.js';
import { correctTermsVersion, TermsVersionCorrected } from './correct-terms-version.js';
import { recordTerms } from './record-terms.js';
import { TermsRecorded } from './terms-recorded.js';
import { termsAggregate } from './terms-aggregate.js';

/** What a command says beside what every command has. */
function said<C extends { commandId: string }>(command: C): Omit<C, 'commandId' | 'caseId'> {
  const { commandId, caseId, ...facts } = command as C & { caseId?: string };
  return facts;
}

describe('recordTerms', () => {
  it('records terms of which little is known, under an id derived from the command', () => {
    given(termsAggregate)
      .when(recordTerms, termsCommands.recordTerms())
      .then(termsRecorded({ termsId: uuidOf(LOG_ID, 'terms', ann.id, 'c1') }));
  });

  it('keeps all that was given', () => {
    given(termsAggregate)
      .when(recordTerms, termsCommands.recordTerms.full())
      .then(event(TermsRecorded, said(termsCommands.recordTerms.full()) as TermsRecorded));
  });
});

describe('correctTerms', () => {
  it('replaces them whole but their versions: what is omitted is no longer stated', () => {
    given(termsAggregate, ...recordedTerms)
      .when(correctTerms, termsCommands.correctTerms())
      .then(event(TermsCorrected, said(termsCommands.correctTerms()) as TermsCorrected));
    given(termsAggregate, ...recordedTerms)
      .when(correctTerms, termsCommands.correctTerms.full())
      .then(event(TermsCorrected, said(termsCommands.correctTerms.full()) as TermsCorrected));
  });

  it('refuses what says exactly the same', () => {
    given(termsAggregate, ...recordedTerms)
      .when(correctTerms, termsCommands.correctTerms({ termsKind: 'TERMS_OF_USE' }))
      .thenRefused('NOTHING_CHANGED');
  });
});

describe('addTermsVersion', () => {
  it('adds a version, and another', () => {
    given(termsAggregate, termsRecorded()).when(addTermsVersion, termsCommands.addTermsVersion()).then(versionAdded());
    given(termsAggregate, ...recordedTerms)
      .when(addTermsVersion, termsCommands.addTermsVersion.full({ version: '2024-11' }))
      .then(event(TermsVersionAdded, said(termsCommands.addTermsVersion.full({ version: '2024-11' }))));
  });

  it('refuses a version that there is', () => {
    given(termsAggregate, ...recordedTerms)
      .when(addTermsVersion, termsCommands.addTermsVersion())
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses one that ends before it begins, by the widest reading', () => {
    const over = (effectiveUntil: string) => termsCommands.addTermsVersion({ version: '2', effectiveUntil });
    given(termsAggregate, ...recordedTerms)
      .when(addTermsVersion, over('2024-05'))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
    given(termsAggregate, ...recordedTerms)
      .when(addTermsVersion, over('2024'))
      .then(versionAdded({ version: '2', effectiveUntil: '2024' }));
  });
});

describe('correctTermsVersion', () => {
  it('replaces a version whole', () => {
    const { full } = termsCommands.correctTermsVersion;
    given(termsAggregate, ...recordedTerms)
      .when(correctTermsVersion, full())
      .then(event(TermsVersionCorrected, said(full()) as TermsVersionCorrected));
  });

  it('refuses what says exactly the same, and a version that there is not', () => {
    given(termsAggregate, ...recordedTerms)
      .when(correctTermsVersion, termsCommands.correctTermsVersion({ effectiveFrom: '2024-06-01' }))
      .thenRefused('NOTHING_CHANGED');
    given(termsAggregate, ...recordedTerms)
      .when(correctTermsVersion, termsCommands.correctTermsVersion({ version: '2023' }))
      .thenRefused('NOT_FOUND');
  });

  it('takes another text of a clause', () => {
    const clauses = [clause({ text: text('No models that compete.') })];
    const command = termsCommands.correctTermsVersion({ effectiveFrom: '2024-06-01', clauses });
    given(termsAggregate, ...recordedTerms)
      .when(correctTermsVersion, command)
      .then(event(TermsVersionCorrected, said(command) as TermsVersionCorrected));
  });
});
