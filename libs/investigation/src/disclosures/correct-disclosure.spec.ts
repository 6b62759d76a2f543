import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, partyAdded, recordRetracted } from '../../../../test/builders/case-events.js';
import { disclosureRecorded } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { disclosure, partner, subject, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { PartyAmended } from '../parties/amend-party.js';
import { DisclosureCorrected, correctDisclosure } from './correct-disclosure.js';
import { type DisclosedRecord } from './disclosure-fields.js';

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

  it('keeps as of which revision a record was told, however that changed since, unless another is named', () => {
    const changed = [...disclosed, event(PartyAmended, { partyId: subject, name: 'Quillon' }), partyAdded(unknown)];
    const [amendedAt, addedAt] = [changed.length - 2, changed.length - 1];
    const told = (...records: DisclosedRecord[]) =>
      event(DisclosureCorrected, {
        ...{ disclosureId: disclosure, audience: 'REGULATOR', toPartyId: partner, disclosed: records },
        ...{ channel: 'NOT_STATED', reportedAt: 'NOT_STATED', acknowledgementDue: 'NOT_STATED' },
        reason: 'It was the regulator.',
      });
    given(caseAggregate, ...changed)
      .when(correctDisclosure, build({ disclosed: [{ recordId: subject }, { recordId: unknown }] }))
      .then(told({ recordId: subject, revision: 3 }, { recordId: unknown, revision: addedAt }));
    given(caseAggregate, ...changed)
      .when(correctDisclosure, build({ disclosed: [{ recordId: subject, revision: amendedAt }] }))
      .then(told({ recordId: subject, revision: amendedAt }));
    given(caseAggregate, ...changed)
      .when(correctDisclosure, build({ audience: 'PARTNER', reportedAt: '2025' }))
      .thenRefused('NOTHING_CHANGED');
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
