import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, closedCase, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { exhibitRecorded, withExhibit } from '../../../../test/builders/exhibit-events.js';
import { CASE, exhibit, observation, otherExhibit, partner, provider, unknown } from '../../../../test/builders/ids.js';
import { source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { ExhibitRecorded, recordExhibit } from './record-exhibit.js';

const build = commands.recordExhibit;
const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const facts = {
  exhibitKind: 'LOG_EXTRACT' as const,
  title: 'Requests of December',
  source: source(partner),
  collectedAt: 'NOT_STATED',
  derivedFrom: [],
};
const exhibitId = derivedId(`case-${CASE}`, 'c1');

describe('recordExhibit', () => {
  it('records an exhibit of which no more is stated', () => {
    given(caseAggregate, ...openCase)
      .when(recordExhibit, build())
      .then(event(ExhibitRecorded, { exhibitId, ...facts }));
  });

  it('keeps all that was given', () => {
    given(caseAggregate, ...withExhibit)
      .when(recordExhibit, build.full())
      .then(
        event(ExhibitRecorded, {
          ...{ ...facts, exhibitId: exhibit, exhibitNumber: 'E-1', description: text('All requests of 31 accounts.') },
          ...{ collectedAt: '2025-01-24', collectedBy: partner, custodianId: provider, mediaType: 'text/csv', sha256 },
          ...{ location: 's3://evidence/e-1.csv', sizeBytes: 2 ** 40, derivedFrom: [otherExhibit] },
        }),
      );
  });

  it('keeps the hash in lower case, and an empty content', () => {
    given(caseAggregate, ...openCase)
      .when(recordExhibit, build({ sha256: sha256.toUpperCase(), sizeBytes: 0 }))
      .then(event(ExhibitRecorded, { exhibitId, ...facts, sha256, sizeBytes: 0 }));
  });

  it('takes what was made from an exhibit that was retracted since', () => {
    given(caseAggregate, ...withExhibit, recordRetracted(otherExhibit, 'exhibit'))
      .when(recordExhibit, build({ derivedFrom: [otherExhibit] }))
      .then(event(ExhibitRecorded, { exhibitId, ...facts, derivedFrom: [otherExhibit] }));
  });

  it.each([
    ['who says what it is', { source: source(unknown) }],
    ['a relay', { source: source(partner, unknown) }],
    ['who collected it', { collectedBy: unknown }],
    ['who keeps it', { custodianId: exhibit }],
  ])('refuses if %s is no party of this case', (_, change) => {
    given(caseAggregate, ...openCase, exhibitRecorded())
      .when(recordExhibit, build(change))
      .thenRefused('NOT_FOUND');
  });

  it.each([
    ['an unknown exhibit', unknown],
    ['a record of another kind', observation],
  ])('refuses to be made from %s', (_, id) => {
    given(caseAggregate, ...openCase, activityObserved())
      .when(recordExhibit, build({ derivedFrom: [id] }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses to be made from itself, whose id is of no exhibit yet', () => {
    given(caseAggregate, ...openCase)
      .when(recordExhibit, build({ exhibitId: exhibit, derivedFrom: [exhibit] }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...withExhibit, exhibitRecorded())
      .when(recordExhibit, build.full())
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(recordExhibit, build())
      .thenRefused('CASE_CLOSED');
  });

  it.each([
    [
      'sha256',
      'sha256 must be 64 hexadecimal digits (0-9, a-f)',
      [sha256.slice(1), `${sha256}0`, `g${sha256.slice(1)}`],
    ],
    [
      'mediaType',
      'mediaType must be a type and a subtype, such as "text/csv", without parameters',
      ['csv', 'a/b; c=d'],
    ],
    ['sizeBytes', undefined, [-1, 0.5, 2 ** 53]],
    ['exhibitNumber', undefined, ['', 'x'.repeat(101)]],
    ['location', undefined, ['', 'x'.repeat(2001)]],
  ])('takes no wrong %s, and says what is allowed', (field, message, values) => {
    for (const value of values) {
      const errors = validateSync(build({ [field]: value }), { forbidUnknownValues: false });
      expect(errors.map(({ property }) => property)).toEqual([field]);
      if (message) expect(Object.values(errors[0].constraints!)).toEqual([message]);
    }
  });
});
