import { randomUUID } from 'node:crypto';
import { TwoReaders } from './two-readers.js';

describe('a party that may not be seen', () => {
  let readers: TwoReaders;
  const [party, other, note, later] = Array.from({ length: 4 }, () => randomUUID());
  beforeAll(async () => {
    readers = await TwoReaders.start([party, other]);
    await readers.record('addNote', { noteId: note, text: { text: 'A note.' } });
    const told = { audience: 'PARTNER', channel: 'EMAIL', reportedAt: '2025-03-11' };
    await readers.record('recordDisclosure', {
      ...told,
      toPartyId: party,
      fromPartyId: other,
      disclosed: [{ recordId: note }],
    });
    await readers.record('addNote', { noteId: later, text: { text: 'Told to nobody.' } });
    await readers.hide(party);
  });
  afterAll(() => readers.service.stop());

  const asked = (id: string, key: string) => {
    const query = `query ($caseId: ID!, $id: ID!) {
      cases(knownAsOf: { party: $id, time: "2026-01-01T00:00:00Z" }) { nodes { id notes { nodes { id known } } } totalCount { value } }
      case(id: $caseId) { disclosureLedger(toPartyId: $id) { nodes { told { recordId } } pageInfo { hasNextPage } } } }`;
    return readers.asked(query, { caseId: readers.caseId, id }, key);
  };

  it('is answered like one that never was, to whoever knows its id', async () => {
    const { bob } = readers;
    expect(await asked(party, bob)).toEqual(await asked(randomUUID(), bob));
  });

  it('is answered to those named with what it knew and was told', async () => {
    const { caseId, ines } = readers;
    expect(await asked(party, ines)).toMatchObject({
      cases: {
        nodes: [{ id: caseId, notes: { nodes: [{ id: note, known: 'CERTAINLY' }] } }],
        totalCount: { value: 1 },
      },
      case: { disclosureLedger: { nodes: [{ told: [{ recordId: note }] }] } },
    });
  });

  it('is not said to have been told nothing, to whoever may not see what it was told', async () => {
    const { service, caseId, ines, bob } = readers;
    const query = `query ($caseId: ID!, $comparedAt: AsOf!) { case(id: $caseId) {
      disclosureLedger(comparedAt: $comparedAt) { nodes { told { recordId } untold { recordId } } } } }`;
    const { head } = (await service.ask('{ events(after: "0", first: 1) { head } }', {}, ines)).data.events;
    const ledger = async (key: string) =>
      (await service.ask(query, { caseId, comparedAt: { sequence: head } }, key)).data.case.disclosureLedger.nodes;
    expect(await ledger(ines)).toEqual([
      { told: [{ recordId: note }], untold: expect.arrayContaining([{ recordId: later }]) },
    ]);
    expect(await ledger(bob)).toEqual([{ told: [{ recordId: note }], untold: [] }]);
  });
});
