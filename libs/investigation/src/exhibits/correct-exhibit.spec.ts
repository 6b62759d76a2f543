import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, recordRetracted } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { exhibitRecorded, withExhibit } from '../../../../test/builders/exhibit-events.js';
import { exhibit, otherExhibit, partner, unknown } from '../../../../test/builders/ids.js';
import { source } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctExhibit, ExhibitCorrected } from './correct-exhibit.js';

const build = commands.correctExhibit;
const recorded = [...withExhibit, exhibitRecorded({ exhibitNumber: 'E-1', sizeBytes: 5 })];
const corrected = event(ExhibitCorrected, {
  ...{ exhibitId: exhibit, exhibitKind: 'LOG_EXTRACT', title: 'Requests of November', source: source(partner) },
  ...{ collectedAt: 'NOT_STATED', derivedFrom: [], reason: 'The wrong month.' },
});

describe('correctExhibit', () => {
  it('replaces the exhibit whole: what is omitted is no longer stated', () => {
    given(caseAggregate, ...recorded)
      .when(correctExhibit, build())
      .then(corrected);
  });

  it('refuses what says exactly the same as was recorded or corrected last', () => {
    given(caseAggregate, ...recorded)
      .when(correctExhibit, build({ title: 'Requests of December', exhibitNumber: 'E-1', sizeBytes: 5 }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...recorded, corrected)
      .when(correctExhibit, build())
      .thenRefused('NOTHING_CHANGED');
  });

  it('takes the same hash in other letters for the same', () => {
    const { payload } = exhibitRecorded({ sha256: 'ab'.repeat(32) });
    given(caseAggregate, ...withExhibit, exhibitRecorded({ sha256: 'ab'.repeat(32) }))
      .when(correctExhibit, build({ ...payload, sha256: 'AB'.repeat(32) }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses an exhibit that would be made from itself, or from what was made from it', () => {
    given(caseAggregate, ...recorded)
      .when(correctExhibit, build({ derivedFrom: [exhibit] }))
      .thenRefused('DERIVED_FROM_ITSELF');
    given(caseAggregate, ...withExhibit, exhibitRecorded({ derivedFrom: [otherExhibit] }))
      .when(correctExhibit, build({ exhibitId: otherExhibit, derivedFrom: [exhibit] }))
      .thenRefused('DERIVED_FROM_ITSELF');
  });

  it('refuses a retracted exhibit', () => {
    given(caseAggregate, ...recorded, recordRetracted(exhibit, 'exhibit'))
      .when(correctExhibit, build())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown exhibit', { exhibitId: unknown }],
    ['the id of a record of another kind', { exhibitId: partner }],
    ['an unknown party', { custodianId: unknown }],
    ['a record of another kind as what it was made from', { derivedFrom: [partner] }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...recorded)
      .when(correctExhibit, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...recorded, caseClosed())
      .when(correctExhibit, build())
      .thenRefused('CASE_CLOSED');
  });
});
