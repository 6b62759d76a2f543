import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { disclosureRecorded } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { disclosure, partner, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { DisclosureAcknowledged, acknowledgeDisclosure } from './acknowledge-disclosure.js';

const disclosed = [...openCase, disclosureRecorded()];
const build = commands.acknowledgeDisclosure;
const acknowledged = event(DisclosureAcknowledged, { disclosureId: disclosure, acknowledgedAt: 'NOT_STATED' });

describe('acknowledgeDisclosure', () => {
  it('records that a disclosure was acknowledged, by whom, when and how', () => {
    given(caseAggregate, ...disclosed)
      .when(acknowledgeDisclosure, build())
      .then(acknowledged);
    given(caseAggregate, ...disclosed)
      .when(acknowledgeDisclosure, build.full())
      .then(
        event(DisclosureAcknowledged, {
          ...{ disclosureId: disclosure, byPartyId: partner, acknowledgedAt: '2025-03-13', remark: text('Thank you.') },
        }),
      );
  });

  it('refuses what is acknowledged already', () => {
    given(caseAggregate, ...disclosed, acknowledged)
      .when(acknowledgeDisclosure, build())
      .thenRefused('ALREADY_ACKNOWLEDGED');
  });

  it('refuses a party that the case does not have, what is retracted or unknown, and a closed case', () => {
    given(caseAggregate, ...disclosed)
      .when(acknowledgeDisclosure, build({ byPartyId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...disclosed, recordRetracted(disclosure, 'disclosure'))
      .when(acknowledgeDisclosure, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...disclosed)
      .when(acknowledgeDisclosure, build({ disclosureId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...disclosed, caseClosed())
      .when(acknowledgeDisclosure, build())
      .thenRefused('CASE_CLOSED');
  });
});
