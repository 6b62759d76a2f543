import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, closedCase, openCase, partyAdded } from '../../../../test/builders/case-events.js';
import { disclosureRecorded } from '../../../../test/builders/question-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, disclosure, observation, partner, provider, subject, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { DisclosureRecorded, recordDisclosure } from './record-disclosure.js';

const build = commands.recordDisclosure;
/** The observation is recorded at revision 4 of the case, and not changed. */
const observed = [...openCase, activityObserved(), partyAdded(unknown)];

describe('recordDisclosure', () => {
  it('records which records were disclosed, as they stood at their last change', () => {
    given(caseAggregate, ...observed)
      .when(recordDisclosure, build({ disclosed: [{ recordId: observation }, { recordId: subject, revision: 3 }] }))
      .then(
        event(DisclosureRecorded, {
          ...{ disclosureId: derivedId(`case-${CASE}`, 'c1'), audience: 'PARTNER', toPartyId: partner },
          disclosed: [
            { recordId: observation, revision: 4 },
            { recordId: subject, revision: 3 },
          ],
          ...{ channel: 'NOT_STATED', reportedAt: 'NOT_STATED', acknowledgementDue: 'NOT_STATED' },
        }),
      );
  });

  it('keeps under which agreement, with which mark, how and by when it is to be acknowledged', () => {
    given(caseAggregate, ...openCase)
      .when(recordDisclosure, build.full())
      .then(
        event(DisclosureRecorded, {
          ...{ disclosureId: disclosure, audience: 'PARTNER', toPartyId: partner, fromPartyId: provider },
          ...{ disclosed: [{ recordId: subject, revision: 3 }], underRecordId: provider, agreement: 'NDA of 2024' },
          ...{ disclosedTlp: 'AMBER', disclosedPap: 'GREEN', channel: 'EMAIL', reportedAt: '2025-03-11' },
          ...{ acknowledgementDue: '2025-03-14', description: text('For your eyes.') },
        }),
      );
  });

  it('is to somebody, unless it is a publication', () => {
    given(caseAggregate, ...openCase)
      .when(recordDisclosure, build({ toPartyId: null }))
      .thenRefused('RECIPIENT_NEEDED');
    given(caseAggregate, ...openCase)
      .when(recordDisclosure, build({ disclosureId: disclosure, toPartyId: null, audience: 'PUBLIC' }))
      .then(
        event(DisclosureRecorded, {
          ...{ disclosureId: disclosure, audience: 'PUBLIC', disclosed: [{ recordId: subject, revision: 3 }] },
          ...{ channel: 'NOT_STATED', reportedAt: 'NOT_STATED', acknowledgementDue: 'NOT_STATED' },
        }),
      );
  });

  it.each([3, 5])('refuses a record as of a revision at which it was not recorded or last changed: %i', (revision) => {
    given(caseAggregate, ...observed)
      .when(recordDisclosure, build({ disclosed: [{ recordId: observation, revision }] }))
      .thenRefused('NOT_RECORDED_THEN');
  });

  it.each([
    ['who was told', { toPartyId: unknown }],
    ['who told', { fromPartyId: unknown }],
    ['a record', { disclosed: [{ recordId: unknown }] }],
    ['that under which it was disclosed', { underRecordId: unknown }],
  ])('refuses if %s is none of the case', (_, over) => {
    given(caseAggregate, ...openCase)
      .when(recordDisclosure, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken, and a closed case', () => {
    given(caseAggregate, ...openCase, disclosureRecorded())
      .when(recordDisclosure, build.full())
      .thenRefused('ALREADY_EXISTS');
    given(caseAggregate, ...closedCase)
      .when(recordDisclosure, build())
      .thenRefused('CASE_CLOSED');
  });
});
