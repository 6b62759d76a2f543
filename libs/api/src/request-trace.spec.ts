import { newRequestId, requestIdOf, traceparentOf } from './request-trace.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('the trace context of a request', () => {
  it.each([
    [`00-${TRACE}`, `00-${TRACE}`],
    [`cc-${TRACE}`, `00-${TRACE}`],
    [`cc-${TRACE}-what-will-come`, `00-${TRACE}`],
  ])('is read from %s', (given, read) => expect(traceparentOf({ traceparent: given })).toBe(read));

  it.each([
    undefined,
    '',
    'nonsense',
    `ff-${TRACE}`,
    `00-${TRACE}-more`,
    `00-${TRACE.toUpperCase()}`,
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-4bf92f3577b34da6a3ce929d0e0e4736-${'0'.repeat(16)}-01`,
    `00-${TRACE}\n`,
  ])('is none in %j', (traceparent) => expect(traceparentOf({ traceparent })).toBeUndefined());
});

describe('the id of a request', () => {
  it('is the client’s own if it can stand in a log', () => {
    expect(requestIdOf({ 'x-request-id': 'gateway:7f3.a_1-b' })).toBe('gateway:7f3.a_1-b');
  });

  it.each([undefined, '', 'two words', 'x'.repeat(129), 'line\nbreak', 'quote"'])(
    'is a new one instead of %j',
    (given) => {
      expect(requestIdOf({ 'x-request-id': given })).toMatch(/^[0-9a-f]{8}-[0-9a-z]+$/);
    },
  );

  it('is never given twice', () => {
    const ids = Array.from({ length: 1_000 }, newRequestId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
