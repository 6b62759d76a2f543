import 'reflect-metadata';
import { refusalFrom } from '../../../../test/builders/refusal.js';
import { terms, unknown } from '../../../../test/builders/ids.js';
import { citation, clause, needed, termsRecorded, versionAdded } from '../../../../test/builders/terms.js';
import { cited, needTerms } from './citation.js';
import { termsAggregate } from './terms-aggregate.js';

const versions = [
  versionAdded({ version: '2023', effectiveFrom: '2023', effectiveUntil: '2024-05-31' }),
  versionAdded({ version: '2024-06', effectiveFrom: '2024-06-01', clauses: [clause(), clause({ clause: '4.2' })] }),
  versionAdded({ version: '2024-11', effectiveFrom: '2024-11-01', clauses: [clause({ clause: '4.2' })] }),
];
const recorded = needed(termsRecorded(), ...versions);
const cite = (time: string, over: Parameters<typeof citation>[0] = {}) => cited([citation(over)], recorded, time);

describe('a citation', () => {
  it('needs each document of terms once, by its id', () => {
    expect(needTerms([citation(), citation({ clause: '4.2' })])).toEqual({
      [terms]: { kind: 'state', aggregate: termsAggregate, subjectId: terms },
    });
    expect(needTerms([])).toEqual({});
  });

  it('says which version, and which revision of the terms was read', () => {
    expect(cite('2024-09')).toEqual([
      { termsId: terms, termsRevision: 3, document: 'Terms of Use', version: '2024-06', clause: '2(c)' },
    ]);
    expect(cited([], recorded, '2024')).toBeUndefined();
  });

  it.each([
    ['2023-07', '2(c)', '2023'],
    ['2024-05-31', '2(c)', '2023'],
    ['2024-06-01', '2(c)', '2024-06'],
    ['2024-10-31', '4.2', '2024-06'],
    // Who begins later ends it: by then at the latest.
    ['2024-11-02', '4.2', '2024-11'],
    ['2026', '4.2', '2024-11'],
  ])('takes of %s and clause %s the version that was in force: %s', (time, number, version) => {
    expect(cite(time, { version: null, clause: number })).toMatchObject([{ version, clause: number }]);
  });

  it.each(['2024', '2024-05/2024-06', '../2024-06', 'NOT_STATED', '2022', '2024-11-01'])(
    'is unclear without a version where not exactly one can have been in force: %s',
    (time) => {
      expect(refusalFrom(() => cite(time, { version: null }))).toMatchObject({ code: 'VERSION_UNCLEAR' });
    },
  );

  it.each(['2024', '2024-11', '2025', 'NOT_STATED', '2024-24'])('may name a version that can have been: %s', (time) => {
    expect(cite(time, { version: '2024-11', clause: '4.2' })).toMatchObject([{ version: '2024-11' }]);
  });

  it.each([
    ['2024-10', '2024-11'],
    ['2025', '2024-06'],
    ['2022', '2023'],
    ['2024-06', '2023'],
  ])('may not name at %s a version that cannot have been: %s', (time, version) => {
    const refusal = refusalFrom(() => cite(time, { version, clause: '4.2' }));
    expect(refusal).toMatchObject({ code: 'TERMS_NOT_IN_FORCE' });
    expect(refusal.message).toContain(version);
  });

  it.each([
    ['terms that there are not', { termsId: unknown }],
    ['a version that there is not', { version: '1999' }],
    ['a clause that the version has not', { version: '2024-11', clause: '2(c)' }],
  ])('refuses %s', (_, over) => {
    const none = { ...recorded, [unknown]: { revision: -1, state: termsAggregate.initial() } };
    const refusal = refusalFrom(() => cited([citation(over)], none, '2025'));
    expect(refusal).toMatchObject({ code: 'NOT_FOUND' });
  });
});
