import { differencesBetween } from './told-differences.js';

const recorded = (day: string) => ({
  ...{ id: 'a', revision: 1, recordedAt: day, recordedBy: { id: day } },
  ...{ viewRecordedAt: day, viewRecordedBy: { id: day }, caseId: 'c' },
});

describe('the differences of a record between two moments', () => {
  it('are those of the fields that somebody stated', () => {
    const [told, known] = [
      { ...recorded('2025-01-01'), likelihood: 'LIKELY' },
      { ...recorded('2025-02-01'), likelihood: 'UNLIKELY', revision: 2 },
    ];
    expect(differencesBetween(told, known)).toEqual([{ field: 'likelihood', told: 'LIKELY', known: 'UNLIKELY' }]);
    expect(differencesBetween(told, {})).toEqual([{ field: 'likelihood', told: 'LIKELY', known: null }]);
  });

  it('are none where only its recording differs', () => {
    expect(differencesBetween(recorded('2025-01-01'), recorded('2025-02-01'))).toEqual([]);
  });
});
