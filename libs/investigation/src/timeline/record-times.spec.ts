import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { timeOf } from './record-times.js';

describe('the time that a record states', () => {
  const time = parseFuzzyTime('2024-09');
  it.each([
    ['firstSeenAt', time],
    ['lastSeenAt', time],
    ['issuedAt', time],
    ['approvedAt', time],
    ['rejectedAt', time],
    ['liftedAt', time],
    ['closedAt', time],
    ['endedAt', time],
    ['obtainedAt', time],
    ['publishedAtInferred', { time: '2024-09', from: 'the imprint' }],
  ])('is %s where it states no other', (field, value) => {
    expect(timeOf({ occurredAt: parseFuzzyTime('NOT_STATED'), [field]: value })).toEqual({ field, time });
  });

  it('is none where all are unstated', () => {
    expect(
      timeOf({ observedAt: parseFuzzyTime('NOT_STATED'), issuedAt: null, recordedAt: '2025-01-24T10:00:00Z' }),
    ).toBeNull();
  });
});
