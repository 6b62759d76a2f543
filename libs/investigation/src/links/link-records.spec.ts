import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { recordsLinked } from '../../../../test/builders/question-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, link, partner, provider, subject, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { RecordsLinked, linkRecords } from './link-records.js';

const build = commands.linkRecords;

describe('linkRecords', () => {
  it('links two records of any kinds', () => {
    given(caseAggregate, ...openCase)
      .when(linkRecords, build())
      .then(
        event(RecordsLinked, {
          ...{ linkId: derivedId(`case-${CASE}`, 'c1'), fromRecordId: partner },
          ...{ linkKind: 'CORROBORATES', toRecordId: provider },
        }),
      );
  });

  it('keeps whose assessment it is, and in what they agree', () => {
    given(caseAggregate, ...openCase)
      .when(linkRecords, build.full())
      .then(
        event(RecordsLinked, {
          ...{ linkId: link, fromRecordId: partner, linkKind: 'CORROBORATES', toRecordId: provider },
          ...{ assessedBy: subject, remark: text('In what was seen.') },
        }),
      );
  });

  it.each([
    ['the one record', { fromRecordId: unknown }],
    ['the other', { toRecordId: unknown }],
    ['whose assessment it is', { assessedBy: unknown }],
  ])('refuses if %s is none of the case', (_, over) => {
    given(caseAggregate, ...openCase)
      .when(linkRecords, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses a record and itself', () => {
    given(caseAggregate, ...openCase)
      .when(linkRecords, build({ toRecordId: partner }))
      .thenRefused('SAME_RECORD');
  });

  it('refuses what a link says already, from whichever end, unless that is retracted', () => {
    const turned = { fromRecordId: provider, toRecordId: partner };
    for (const over of [{}, turned]) {
      given(caseAggregate, ...openCase, recordsLinked())
        .when(linkRecords, build(over))
        .thenRefused('ALREADY_LINKED');
    }
    given(caseAggregate, ...openCase, recordsLinked({ linkKind: 'OCCURRED_BEFORE' }))
      .when(linkRecords, build({ ...turned, linkKind: 'OCCURRED_AFTER' }))
      .thenRefused('ALREADY_LINKED');
    given(caseAggregate, ...openCase, recordsLinked(), recordRetracted(link, 'link'))
      .when(linkRecords, build({ linkId: unknown }))
      .then(
        event(RecordsLinked, {
          linkId: unknown,
          fromRecordId: partner,
          linkKind: 'CORROBORATES',
          toRecordId: provider,
        }),
      );
  });

  it('takes the same two the other way round where that says something else', () => {
    given(caseAggregate, ...openCase, recordsLinked({ linkKind: 'OCCURRED_BEFORE' }))
      .when(linkRecords, build({ linkId: unknown, linkKind: 'OCCURRED_AFTER' }))
      .then(
        event(RecordsLinked, {
          linkId: unknown,
          fromRecordId: partner,
          linkKind: 'OCCURRED_AFTER',
          toRecordId: provider,
        }),
      );
  });

  it('refuses an id that is taken, and a closed case', () => {
    given(caseAggregate, ...openCase, recordsLinked())
      .when(linkRecords, build.full({ linkKind: 'CONTRADICTS' }))
      .thenRefused('ALREADY_EXISTS');
    given(caseAggregate, ...closedCase)
      .when(linkRecords, build())
      .thenRefused('CASE_CLOSED');
  });
});
