import { randomUUID } from 'node:crypto';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

describe('ids in upper case', () => {
  let service: Service;
  beforeAll(async () => (service = await Service.start()));
  afterAll(() => service.stop());

  const opened = async () => {
    const [caseId, partyId] = [randomUUID(), randomUUID()];
    await service.done('openCase', { caseId, title: 'Ids', kind: 'CASE' });
    const { events } = await service.done('addParty', { caseId, partyId, partyKind: 'ORGANISATION', name: 'Halden' });
    return { caseId, partyId, eventId: events[0].id };
  };
  const upper = (ids: Record<string, string>) =>
    Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id.toUpperCase()]));

  it('are those of the same cases, events and records, wherever they are asked for', async () => {
    const ids = await opened();
    const query = `query ($caseId: ID!, $partyId: ID!, $eventId: ID!) {
      case(id: $caseId, asOf: { eventId: $eventId }) { id parties { nodes { id } } origins(recordId: $partyId) { count } }
      known: case(id: $caseId, knownAsOf: { party: $partyId, time: "2025-01-01T00:00:00Z" }) { id }
      event(id: $eventId) { id }
      events(after: "0", cases: [$caseId]) { nodes { id } }
      whoCouldSee(caseId: $caseId, at: { eventId: $eventId }, recordId: $partyId) { nodes { __typename } }
    }`;
    // Not where the log ends: that the first was read may be recorded before the second.
    const answered = async (asked: Record<string, string>) => {
      const { data, errors, extensions } = await service.ask(query, asked);
      return { data, errors, fields: extensions?.asOf.fields };
    };
    const [asKept, inUpper] = [await answered(ids), await answered(upper(ids))];
    expect(asKept.errors).toBeUndefined();
    expect(asKept.fields).toMatchObject({ case: expect.any(Number) });
    expect(asKept.data.events.nodes).toHaveLength(2);
    expect(inUpper).toEqual(asKept);
    const literal = await service.ask(`{ case(id: "${ids.caseId.toUpperCase()}") { id } }`);
    expect(literal.data.case).toEqual({ id: ids.caseId });
  });

  it('narrow the stream of events', async () => {
    const { caseId } = await opened();
    const authorization = `Bearer ${await service.investigatorKey}`;
    const ending = new AbortController();
    const response = await fetch(`${service.url}/events?after=0&cases=${caseId.toUpperCase()}`, {
      headers: { authorization },
      signal: ending.signal,
    });
    const decoder = new TextDecoder();
    let told = '';
    for await (const chunk of response.body!) {
      told += decoder.decode(chunk as Uint8Array, { stream: true });
      if (told.includes('PartyAdded')) break;
    }
    ending.abort();
    expect(told).toContain(`case-${caseId}`);
  });

  it('are none that a command can give: what is recorded is in lower case', async () => {
    const answer = await service.command('openCase', { caseId: randomUUID().toUpperCase(), title: 'No', kind: 'CASE' });
    expect(codeOf(answer)).toBe('VALIDATION_FAILED');
    const commandId = randomUUID().toUpperCase();
    const first = await service.done('openCase', { commandId, title: 'By its own name', kind: 'CASE' });
    const { data } = await service.ask('query ($id: ID!) { event(id: $id) { commandId } }', { id: first.events[0].id });
    expect(data.event.commandId).toBe(commandId);
  });
});
