import { randomUUID } from 'node:crypto';
import { type Answer } from './api.js';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

describe('a past moment is refused', () => {
  let service: Service;
  let caseId: string;
  let openedAt: string;

  beforeAll(async () => {
    service = await Service.start();
    const { events, ...opened } = await service.done('openCase', { title: 'A title', kind: 'INCIDENT' });
    caseId = opened.case.id as string;
    openedAt = (await service.ask(`{ event(id: "${events[0].id}") { recordedAt } }`)).data.event.recordedAt as string;
    await service.done('addNote', { caseId, text: { text: 'Check the clocks.' } });
  });
  afterAll(() => service.stop());

  const caseAt = (asOf: object, fields: string): Promise<Answer> =>
    service.ask(`query ($id: ID, $asOf: AsOf) { case(id: $id, asOf: $asOf) { ${fields} } }`, { id: caseId, asOf });
  const outOfRange = async (asOf: object) => {
    const { data, errors, extensions } = await caseAt(asOf, 'id');
    expect({ data, code: codeOf({ errors }) }).toEqual({ data: { case: null }, code: 'AS_OF_OUT_OF_RANGE' });
    expect(errors![0].message).toMatch(/; allowed are sequences from 1 to \d+, times from \S+Z to \S+Z\.$/);
    expect(errors![0].path).toEqual(['case']);
    return { ...errors![0].extensions.allowed, extensions };
  };

  it('that no event has: 0, or beyond the head', async () => {
    const { head } = (await service.ask('{ events(first: 1) { head } }')).data.events;
    for (const sequence of [0, head + 1, 2 ** 53 - 1, '9007199254740991']) {
      const { sequence: allowed, time } = await outOfRange({ sequence });
      expect(allowed).toEqual({ from: 1, to: head });
      expect(Date.parse(time.from)).toBeLessThanOrEqual(Date.parse(openedAt));
    }
    expect((await caseAt({ sequence: head }, 'id')).data).toEqual({ case: { id: caseId } });
    expect((await caseAt({ sequence: 1 }, 'id')).data).toEqual({ case: null });
  });

  it('in the future, or before the first event', async () => {
    const { time } = await outOfRange({ time: new Date(Date.now() + 60_000).toISOString() });
    await outOfRange({ time: '9999-12-31T23:59:59Z' });
    await outOfRange({ time: '2001-01-01T00:00:00Z' });
    expect((await caseAt({ time: time.from }, 'id')).errors).toBeUndefined();
    await outOfRange({ time: new Date(Date.parse(time.from) - 1).toISOString() });
  });

  it.each([
    ['told in no way', {}],
    ['told by nulls', { sequence: null, time: null }],
    ['told in two ways', { sequence: 3, time: '2025-01-01T00:00:00Z' }],
    ['told in three ways', { sequence: 3, time: '2025-01-01T00:00:00Z', eventId: randomUUID() }],
  ])('%s', async (_what, asOf) => {
    for (const ask of [
      () => caseAt(asOf, 'id'),
      () => service.ask('query ($asOf: AsOf) { cases(asOf: $asOf) { nodes { id } } }', { asOf }),
    ]) {
      const answer = await ask();
      expect(codeOf(answer)).toBe('VALIDATION_FAILED');
      expect(answer.errors![0].extensions.violations).toEqual([
        { path: 'asOf', code: 'ONE_OF', message: 'give exactly one of sequence, eventId and time' },
      ]);
    }
  });

  it.each([
    ['from', 'changes(from: $it) { field }'],
    ['to', 'changes(from: { sequence: 3 }, to: $it) { field }'],
    ['comparedAt', 'disclosureLedger(comparedAt: $it) { nodes { __typename } }'],
  ])('told by nothing as `%s`', async (path, field) => {
    const query = `query ($id: ID!, $it: AsOf!) { case(id: $id) { ${field} } }`;
    const answer = await service.ask(query, { id: caseId, it: {} });
    expect(answer.errors![0].extensions.violations).toMatchObject([{ path, code: 'ONE_OF' }]);
  });

  it('told in two ways in the document itself', async () => {
    const answer = await service.ask(
      `query ($id: ID!) { case(id: $id, asOf: { sequence: 3, time: "2025-01-01T00:00:00Z" }) { id } }`,
      { id: caseId },
    );
    expect(codeOf(answer)).toBe('VALIDATION_FAILED');
  });

  it.each([
    ['a sequence that is none', { sequence: -1 }],
    ['a fraction', { sequence: 1.5 }],
    ['too large a number', { sequence: '9007199254740992' }],
    ['a time without an offset', { time: '2025-01-01T00:00:00' }],
    ['a day that does not exist', { time: '2025-02-30T00:00:00Z' }],
    ['a date alone', { time: '2025-02-03' }],
    ['an empty event id', { eventId: '' }],
  ])('told by %s', async (_what, asOf) => {
    const answer = await caseAt(asOf, 'id');
    expect(codeOf(answer)).toBe('VALIDATION_FAILED');
    expect(answer.errors![0].extensions.violations).toHaveLength(1);
  });

  it('of an event that there is not, or that may not be seen', async () => {
    expect(codeOf(await caseAt({ eventId: randomUUID() }, 'id'))).toBe('NOT_FOUND');
    const issued = await service.command('issueKey', {
      ...{ principal: 'tom', label: 'Tom', actorKind: 'PERSON' },
    });
    const eventId = issued.data.issueKey.events[0].id as string;
    const tom = await service.keyFor('tom');
    const asTom = await service.ask(`{ cases(asOf: { eventId: "${eventId}" }) { nodes { id } } }`, {}, tom);
    expect(codeOf(asTom)).toBe('NOT_FOUND');
    const query = `{ cases(asOf: { eventId: "${eventId}" }) { nodes { id } } }`;
    const asAdministrator = await service.ask(query, {}, service.adminKey);
    expect(asAdministrator.errors).toBeUndefined();
  });
});
