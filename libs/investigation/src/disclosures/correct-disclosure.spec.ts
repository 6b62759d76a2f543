import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { disclosureRecorded } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { disclosure, partner, subject, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { DisclosureCorrected, correctDisclosure } from './correct-disclosure.js';

const disclosed = [...openCase, disclosureRecorded({ reportedAt: '2025' })];
const build = commands.correctDisclosure;

describe('correctDisclosure', () => {
  it('replaces it whole: when it was told is no longer stated', () => {
    given(caseAggregate, ...disclosed)
      .when(correctDisclosure, build())
      .then(
        event(DisclosureCorrected, {
          ...{ disclosureId: disclosure, audience: 'REGULATOR', toPartyId: partner },
          ...{ disclosed: [{ recordId: subject, revision: 3 }], channel: 'NOT_STATED', reportedAt: 'NOT_STATED' },
          ...{ acknowledgementDue: 'NOT_STATED', reason: 'It was the regulator.' },
        }),
      );
  });

  it('refuses what says exactly the same', () => {
    given(caseAggregate, ...disclosed)
      .when(correctDisclosure, build({ audience: 'PARTNER', reportedAt: '2025' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses what is retracted or unknown, and a closed case', () => {
    given(caseAggregate, ...disclosed, recordRetracted(disclosure, 'disclosure'))
      .when(correctDisclosure, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...disclosed)
      .when(correctDisclosure, build({ disclosureId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...disclosed, caseClosed())
      .when(correctDisclosure, build())
      .thenRefused('CASE_CLOSED');
  });
});
